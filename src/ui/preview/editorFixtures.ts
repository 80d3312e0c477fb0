import { createStore } from "zustand/vanilla";
import type { Editor, EditorState, HandlerDraft, Publishing } from "#client/scripts/editor.ts";
import type { Language, Person } from "#domain/base/campaign.ts";
import { checkHandler } from "#domain/script/draft.ts";
import type { Handler } from "#domain/script/script.ts";
import { handlers, scripts } from "./scriptFixtures.ts";

const editors: { readonly [L in Language]: Person } = {
  ru: { id: "editor", name: "Софья Лисина", email: "editor@demo.example", role: "editor", team: "north", language: "ru", gender: "f" },
  en: { id: "editor", name: "Sophie Fox", email: "editor@demo.example", role: "editor", team: "north", language: "en", gender: "f" },
};

const priceOf = (language: Language): Handler => {
  const found = handlers.find(({ id }) => id === (language === "ru" ? "price" : "en-price"));
  if (!found) throw new Error("the fixtures have lost their handler");
  return found;
};

const base = (language: Language): EditorState => ({
  person: editors[language], scripts: [scripts.ru, scripts.en], handlers, publishing: { phase: "idle" }, loaded: true, online: true,
});

const changed = (language: Language): HandlerDraft => {
  const { id, version, script, title, gist, phrasings } = priceOf(language);
  return language === "ru"
    ? { id, based: version, script, title, gist, synonyms: "дороговато, высокая цена, не потянем, скидка, кусается", phrasings: [phrasings[0] ?? "", "{agent:Согласна|Согласен}, цифра пугает, пока стоит одна. В ней приёмка, хранение и охрана. Сколько у вас летом пустует?", "Давайте на ваших цифрах: {price}. Займёт двадцать минут."] }
    : { id, based: version, script, title, gist, synonyms: "dear, pricey, no budget, discount, steep", phrasings: [phrasings[0] ?? "", "A figure on its own looks large. Receiving, storage and security are in it. How much of yours stands empty in summer?", "Let’s use your own figures: {price}. It takes twenty minutes."] };
};

const fresh = (language: Language): HandlerDraft => ({ based: 0, script: scripts[language].id, title: "", gist: "", synonyms: "", phrasings: [""] });

const newest = (language: Language): Handler => ({ ...priceOf(language), version: 5, gist: language === "ru" ? "Сравнить с полной ценой своего склада." : "Compare with the full cost of their own store." });

export const editorStates = {
  choose: base,
  fresh: (language: Language): EditorState => ({ ...base(language), draft: fresh(language) }),
  half: (language: Language): EditorState => ({ ...base(language), draft: { ...fresh(language), title: language === "ru" ? "Дорого" : "Too expensive" } }),
  changed: (language: Language): EditorState => ({ ...base(language), draft: changed(language) }),
  sending: (language: Language): EditorState => ({ ...base(language), draft: changed(language), publishing: { phase: "sending" } }),
  newer: (language: Language): EditorState => ({
    ...base(language), handlers: handlers.map((one) => (one.id === priceOf(language).id ? newest(language) : one)), draft: changed(language), publishing: { phase: "newer", newest: newest(language) },
  }),
  failed: (language: Language): EditorState => ({ ...base(language), draft: changed(language), publishing: { phase: "failed", why: "server" } }),
  offline: (language: Language): EditorState => ({ ...base(language), draft: changed(language), online: false }),
  empty: (language: Language): EditorState => ({ ...base(language), scripts: [], handlers: [] }),
  loading: (language: Language): EditorState => ({ ...base(language), scripts: [], handlers: [], loaded: false }),
};

/** An editor's machinery over what is in memory; publishing goes as `answer` says. */
export function standingEditor(state: EditorState, answer: (draft: HandlerDraft) => Publishing = published): Editor & { readonly sent: HandlerDraft[] } {
  const store = createStore<EditorState>(() => state);
  const sent: HandlerDraft[] = [];
  const put = (draft: HandlerDraft | undefined, publishing: Publishing = { phase: "idle" }): void => {
    const { draft: _, ...rest } = store.getState();
    store.setState({ ...rest, publishing, ...(draft ? { draft } : {}) }, true);
  };
  return {
    sent, state: store,
    open(script, id) {
      const handler = store.getState().handlers.find((one) => one.id === id);
      put(handler
        ? { id: handler.id, based: handler.version, script: handler.script, title: handler.title, gist: handler.gist, synonyms: handler.synonyms.join(", "), phrasings: handler.phrasings }
        : { based: 0, script, title: "", gist: "", synonyms: "", phrasings: [""] });
    },
    change: (part) => { const { draft } = store.getState(); if (draft) put({ ...draft, ...part }); },
    problems: () => { const { draft, handlers: others } = store.getState(); return draft ? checkHandler({ ...draft, id: draft.id ?? "" }, others.filter(({ script }) => script === draft.script)) : []; },
    publish() {
      const { draft } = store.getState();
      if (!draft) return;
      sent.push(draft);
      const said = answer(draft);
      put(said.phase === "published" ? undefined : draft, said);
      if (said.phase === "published") store.setState({ handlers: [...store.getState().handlers.filter(({ id }) => id !== said.handler.id), said.handler] });
    },
    discard: () => { put(undefined); },
    stop: () => Promise.resolve(),
  };
}

/** What a server that agrees says. */
export function published(draft: HandlerDraft): Publishing {
  const { script, title, gist, synonyms, phrasings } = draft;
  return { phase: "published", handler: { id: draft.id ?? "new", version: draft.based + 1, script, title, gist, synonyms: synonyms.split(",").map((one) => one.trim()), phrasings } };
}
