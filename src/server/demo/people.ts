import type { Person } from "#domain/base/campaign.ts";

/** The people of the demo company; agents 1–3 call in Russian, 4 and 5 in English. */
export const demoPeople: readonly Omit<Person, "id">[] = [
  { name: "Анна Белова", email: "agent1@demo.example", role: "agent", team: "north", language: "ru", gender: "f" },
  { name: "Олег Титов", email: "agent2@demo.example", role: "agent", team: "north", language: "ru", gender: "m" },
  { name: "Юлия Кац", email: "agent3@demo.example", role: "agent", team: "north", language: "ru", gender: "f" },
  { name: "Emma Clarke", email: "agent4@demo.example", role: "agent", team: "north", language: "en", gender: "f" },
  { name: "James Porter", email: "agent5@demo.example", role: "agent", team: "north", language: "en", gender: "m" },
  { name: "Марина Лаврова", email: "lead@demo.example", role: "lead", team: "north", language: "ru", gender: "f" },
  { name: "Игорь Савельев", email: "editor@demo.example", role: "editor", team: "office", language: "ru", gender: "m" },
  { name: "Павел Громов", email: "closer@demo.example", role: "closer", team: "deals", language: "ru", gender: "m" },
  { name: "Вера Зимина", email: "admin@demo.example", role: "admin", team: "office", language: "ru", gender: "f" },
];
