import { describe, expect, it } from "vitest";
import { contacts } from "../../../../lib/site/page/contacts.ts";

const ann = { title: "Ann", email: "a+b@ann.example", path: "https://ann.example/" };
const press = { title: "Press", path: "https://press.example/" };
const mail = { subject: "D, version 1.0.0: a", body: "What is right?\n" };

describe("contacts", () => {
  it("have an e-mail, or else an address, or else only a name", () => {
    const contributors = [ann, press, { title: "Only a name" }, { title: "File", path: "people/file.txt" }];
    expect(contacts({ contributors }, mail)).toEqual([
      { title: "Ann", href: "mailto:a%2Bb@ann.example?subject=D%2C%20version%201.0.0%3A%20a&body=What%20is%20right%3F%0A" },
      { title: "Press", href: "https://press.example/" },
      { title: "Only a name" },
      { title: "File" },
    ]);
    expect(contacts({}, mail)).toEqual([]);
  });

  it("have the subject truncated, as links to a repository do", () => {
    const [contact] = contacts({ contributors: [ann] }, { ...mail, subject: "x".repeat(7_000) });
    expect(contact?.href).toContain(`?subject=${"x".repeat(249)}%E2%80%A6&body=`);
  });
});
