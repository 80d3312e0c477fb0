import { useId } from "react";
import type { Language, Person } from "#domain/base/campaign.ts";
import { Button } from "#ui/kit/Button.tsx";
import { Choices } from "#ui/kit/Choices.tsx";
import { Icon, type IconName } from "#ui/kit/Icon.tsx";
import { Menu } from "#ui/kit/Menu.tsx";
import { useTheme, type Theme } from "#ui/kit/theme.ts";
import { commonWords } from "#ui/words/common.ts";
import { useLanguage, useWords } from "#ui/words/language.ts";

const languages: readonly Language[] = ["ru", "en"];
const themes: readonly Theme[] = ["system", "light", "dark"];

/** Who sits here, at the right end of every header: language, colours, signing out. */
export function PersonMenu({ person, onSignOut, more = [] }: {
  readonly person: Person; readonly onSignOut: () => void;
  /** What this screen adds. */
  readonly more?: readonly { readonly label: string; readonly icon: IconName; readonly onPress: () => void }[];
}) {
  const words = useWords(commonWords);
  const { language, choose } = useLanguage();
  const [theme, setTheme] = useTheme();
  const id = useId();
  return (
    <>
      <Button kind="quiet" opens={id}>{person.name.split(" ")[0]}<Icon name="down" /></Button>
      <Menu id={id} name={person.name}>
        <div className="menu-part"><b>{person.name}</b><div className="soft">{words.roles[person.role]}</div><div className="soft ellipsis">{person.email}</div></div>
        <div className="menu-part"><div className="caption">{words.language}</div>
          <Choices title={words.language} value={language} onChoose={choose} options={languages.map((value) => ({ value, label: words.languages[value] }))} />
        </div>
        <div className="menu-part"><div className="caption">{words.theme}</div>
          <Choices title={words.theme} value={theme} onChoose={setTheme} options={themes.map((value) => ({ value, label: words.themes[value] }))} />
        </div>
        {more.length === 0 ? null : <div className="menu-part">{more.map(({ label, icon, onPress }) => <Button key={label} kind="quiet" icon={icon} opens={id} onPress={onPress}>{label}</Button>)}</div>}
        <div className="menu-part"><Button kind="quiet" icon="signOut" onPress={onSignOut}>{words.signOut}</Button></div>
      </Menu>
    </>
  );
}
