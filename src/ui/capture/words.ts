import { inBoth } from "#ui/words/language.ts";

export const captureWords = inBoth({
  en: {
    clientWords: "Client's words", wordsHint: "word for word, then Enter", unforeseen: "off script", unforeseenHint: "what did the client say?",
    notes: "Note", notesHint: "for you and whoever calls next", kept: "noted", keepHint: "Enter: note it",
    fallen: "The notes have broken, the call goes on. What you noted is safe.",
  },
  ru: {
    clientWords: "Слова клиента", wordsHint: "дословно, потом Enter", unforeseen: "вне скрипта", unforeseenHint: "что сказал клиент?",
    notes: "Заметка", notesHint: "себе и тому, кто позвонит потом", kept: "записано", keepHint: "Enter — записать",
    fallen: "Записи сломались, разговор продолжается. Всё записанное цело.",
  },
});
