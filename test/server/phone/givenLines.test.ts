import { describe, expect, it } from "vitest";
import { readLines } from "#server/phone/givenLines.ts";

const people = new Set(["a@x.example", "b@x.example", "c@x.example"]);
const read = (file: string | Uint8Array) => readLines(typeof file === "string" ? new TextEncoder().encode(file) : file, (email) => people.has(email));
const short = (file: string | Uint8Array): unknown => {
  const { lines, problems } = read(file);
  return { lines: lines.map(({ row, email, line }) => [row, email, line.username, line.password]), problems: problems.map(({ row, why }) => [row, why]) };
};
/** As a Russian spreadsheet saves it. */
const windows1251 = (text: string): Uint8Array => Uint8Array.from(Array.from(text, (sign) => {
  const code = sign.codePointAt(0) ?? 0;
  return code >= 0x410 && code <= 0x44f ? code - 0x350 : code;
}));
const utf16 = (text: string): Uint8Array => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);

describe("a file of SIP accounts", () => {
  it.each([
    ["commas", "a@x.example,101,p\nb@x.example,102,q"],
    ["semicolons and Windows line ends", "a@x.example;101;p\r\nb@x.example;102;q\r\n"],
    ["tabs", "a@x.example\t101\tp\nb@x.example\t102\tq"],
    ["UTF-16 with tabs, as Excel saves Unicode text", utf16("a@x.example\t101\tp\r\nb@x.example\t102\tq")],
    ["blanks, empty rows and trailing separators", "\n a@x.example , 101 , p ,\n\n\"b@x.example\",\"102\",q,"],
  ])("is read with %s", (_, file) => {
    expect((short(file) as { lines: string[][] }).lines.map((row) => row.slice(1))).toEqual([["a@x.example", "101", "p"], ["b@x.example", "102", "q"]]);
    expect(read(file).problems).toEqual([]);
  });

  it("is read with a heading in any order, in Russian too, whatever the encoding", () => {
    const text = "Пароль;Почта;Внутренний номер;Примечание\nсекрет;A@X.example;101;ночная смена\n";
    for (const file of [text, `\uFEFF${text}`, windows1251(text), utf16(text)]) expect(short(file)).toEqual({ lines: [[2, "a@x.example", "101", "секрет"]], problems: [] });
    expect(short("e-mail,user name,password\na@x.example,101,p")).toEqual({ lines: [[2, "a@x.example", "101", "p"]], problems: [] });
  });

  it("keeps signs inside quotes, line breaks only to refuse them", () => {
    expect(short('a@x.example,101,"se""cret, long; x"')).toEqual({ lines: [[1, "a@x.example", "101", 'se"cret, long; x']], problems: [] });
    expect(short("a@x.example,101,p;;;;;w\nb@x.example,102,q")).toMatchObject({ lines: [[1, "a@x.example", "101", "p;;;;;w"], [2, "b@x.example", "102", "q"]] });
    expect(short('a@x.example,101,"two\nlines"\nb@x.example,102,q')).toEqual({ lines: [[3, "b@x.example", "102", "q"]], problems: [[1, "password"]] });
  });

  it("tells each wrong row with its line and reason", () => {
    expect(short("a@x.example,101,p\nb@x.example,102\nnobody,103,p\nd@x.example,104,p\nA@x.example,105,p\nc@x.example,101,p\nb@x.example,,p\nb@x.example,107,")).toEqual({
      lines: [[1, "a@x.example", "101", "p"]],
      problems: [[2, "columns"], [3, "email"], [4, "nobody"], [5, "twice"], [6, "sameLine"], [7, "username"], [8, "password"]],
    });
    expect(short("name,surname\n")).toEqual({ lines: [], problems: [[1, "heading"]] });
    expect(short("")).toEqual({ lines: [], problems: [[1, "empty"]] });
    expect(short("e-mail,user,password\n")).toEqual({ lines: [], problems: [[1, "empty"]] });
  });

  it("repeats no password in a problem", () => {
    expect(JSON.stringify(read("x@x.example,101,hunter2\nbad,hunter2,hunter2").problems)).not.toContain("hunter2");
  });
});
