import type { Gender, Language } from "../base/campaign.ts";

/** What the people behind the practice numbers are called: ten of each, put together anew for every number. */
interface Names {
  readonly first: Readonly<Record<Gender, readonly string[]>>;
  readonly middle?: Readonly<Record<Gender, readonly string[]>>;
  readonly last: Readonly<Record<Gender, readonly string[]>>;
  readonly positions: readonly string[];
  readonly companies: readonly string[];
  readonly city: string;
  readonly timeZone: string;
}

const ru: Names = {
  first: {
    f: ["Ирина", "Ольга", "Наталья", "Елена", "Марина", "Светлана", "Анна", "Юлия", "Вера", "Галина"],
    m: ["Сергей", "Андрей", "Игорь", "Алексей", "Дмитрий", "Михаил", "Павел", "Олег", "Виктор", "Антон"],
  },
  middle: {
    f: ["Сергеевна", "Андреевна", "Петровна", "Викторовна", "Ильинична", "Олеговна", "Борисовна"],
    m: ["Сергеевич", "Андреевич", "Петрович", "Викторович", "Ильич", "Олегович", "Борисович"],
  },
  last: {
    f: ["Лебедева", "Комарова", "Данилова", "Журавлёва", "Осипова", "Громова", "Ершова", "Савина", "Тарасова", "Широкова", "Ким"],
    m: ["Лебедев", "Комаров", "Данилов", "Журавлёв", "Осипов", "Громов", "Ершов", "Савин", "Тарасов", "Широков", "Ким"],
  },
  positions: ["директор", "коммерческий директор", "директор по логистике", "руководитель отдела закупок"],
  companies: ["ООО «Учебный пример»", "ООО «Проба»", "ООО «Репетиция»", "ООО «Первый блин»", "ООО «Разминка»"],
  city: "Москва", timeZone: "Europe/Moscow",
};

const en: Names = {
  first: {
    f: ["Irene", "Alice", "Helen", "Margaret", "Susan", "Laura", "Grace", "Ruth", "Nora", "Joan"],
    m: ["Simon", "Andrew", "Martin", "Alan", "David", "Michael", "Peter", "Oliver", "Victor", "Anthony"],
  },
  last: {
    f: ["Swan", "Marsh", "Daniels", "Crane", "Foster", "Thunder", "Ruffle", "Sawyer", "Tarrant", "Broad", "Keane"],
    m: ["Swan", "Marsh", "Daniels", "Crane", "Foster", "Thunder", "Ruffle", "Sawyer", "Tarrant", "Broad", "Keane"],
  },
  positions: ["director", "commercial director", "head of logistics", "purchasing manager"],
  companies: ["Dry Run Ltd", "Trial & Sons", "Rehearsal Ltd", "First Attempt Ltd", "Warm-up Ltd"],
  city: "London", timeZone: "Europe/London",
};

export const practiceNames: Readonly<Record<Language, Names>> = { ru, en };
