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

  it.each([
    ["old Macintosh line ends", "a@x.example;101;p\rb@x.example;102;q\r"],
    ["UTF-16 the other way round", Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from("a@x.example;101;p\nb@x.example;102;q", "utf16le").swap16()])],
    ["a byte order mark and a last line without its end", "\uFEFFa@x.example;101;p\r\nb@x.example;102;q"],
    ["rows in which everything is quoted, and quoted line ends in a note", 'e-mail;user;password;note\r\n"a@x.example";"101";"p";"night\r\nshift; ""late"""\r\n"b@x.example";"102";"q";""\r\n'],
    ["letters of many alphabets in a note", "e-mail,user,password,note\na@x.example,101,p,שלום 👩‍💻 \u202Eabc\nb@x.example,102,q,Ёлкин"],
  ])("is read with %s", (_, file) => {
    expect((short(file) as { lines: string[][] }).lines.map((row) => row.slice(1))).toEqual([["a@x.example", "101", "p"], ["b@x.example", "102", "q"]]);
    expect(read(file).problems).toEqual([]);
  });

  it("is read with the line in which Excel names its separator, which is line 1 of the file", () => {
    expect(short("sep=;\r\na@x.example;101;p,q,r\r\nb@x.example;102\r\n")).toEqual({ lines: [[2, "a@x.example", "101", "p,q,r"]], problems: [[3, "columns"]] });
    expect(short('\uFEFFsep=\t\na@x.example\t101\tp')).toEqual({ lines: [[2, "a@x.example", "101", "p"]], problems: [] });
  });

  it.each([
    ["a workbook", Buffer.from("PK\x03\x04\x14\x00\x06\x00\x08\x00xl/workbook.xml", "latin1")], ["a picture", Buffer.from("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "latin1")],
    ["UTF-16 without its mark", Buffer.from("a@x.example;101;p", "utf16le")], ["a text with a NUL in it", Buffer.from("a@x.example;101;p\x00")], ["a packed file", Buffer.from("\x1f\x8b\x08\x00", "latin1")],
  ])("is not %s", (_, file) => {
    expect(short(file)).toEqual({ lines: [], problems: [[1, "notText"]] });
  });

  it("loses nobody behind a quotation mark that is never closed, and says where it was opened", () => {
    expect(short('e-mail;user;password;note\na@x.example;101;p;"night\nb@x.example;102;q;\nc@x.example;103;r;')).toEqual({ lines: [], problems: [[2, "openQuote"]] });
    expect(JSON.stringify(read('"a@x.example;101;hunter2\nb@x.example;102;hunter2'))).not.toContain("hunter2");
  });

  it("takes no number for a name or a password that a spreadsheet has rounded, and no sign that nobody sees", () => {
    expect(short("a@x.example;7.495E+10;p\nb@x.example;102;1,23457E+11\nc@x.example;10\u200b3;r")).toEqual({ lines: [], problems: [[1, "rounded"], [2, "rounded"], [3, "username"]] });
    expect(short("a@x.example;1E;E+2\nb@x.example;=cmd|' /C calc'!A0;@SUM(1)")).toEqual({ lines: [[1, "a@x.example", "1E", "E+2"], [2, "b@x.example", "=cmd|' /C calc'!A0", "@SUM(1)"]], problems: [] });
  });

  it("comes to an end with files that are made to take for ever", () => {
    const MOST = 512 * 1024;
    const whole = (text: string): string => text.repeat(Math.ceil(MOST / text.length)).slice(0, MOST);
    for (const file of [whole('a"'), whole("@"), `${whole("@").slice(2)} ;`, whole('""'), whole(" "), whole(";"), whole("\r"), whole("a\n"), `"${whole("a@x.example;101;p\n")}`]) expect(read(file).lines).toEqual([]);
    expect(read(whole("x@;\n")).problems.length).toBeGreaterThan(100_000);
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
