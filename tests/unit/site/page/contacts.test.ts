import { describe, expect, it } from "vitest";
import { contacts } from "../../../../lib/site/page/contacts.ts";

const ann = { title: "Ann", email: "a+b@ann.example", path: "https://ann.example/" };
const press = { title: "Press", path: "https://press.example/" };

describe("contacts", () => {
  it("are contributors with an e-mail, or else an address", () => {
    const contributors = [ann, press, { title: "Only a name" }, { title: "File", path: "people/file.txt" }];
    expect(contacts({ contributors }, "D, version 1.0.0: a")).toEqual([
      { title: "Ann", href: "mailto:a%2Bb@ann.example?subject=D%2C%20version%201.0.0%3A%20a" },
      { title: "Press", href: "https://press.example/" },
    ]);
    expect(contacts({ contributors: [ann] })).toEqual([{ title: "Ann", href: "mailto:a%2Bb@ann.example" }]);
  });

  it("have the subject truncated, as links to a repository do", () => {
    const [contact] = contacts({ contributors: [ann] }, "x".repeat(7_000));
    expect(contact?.href).toBe(`mailto:a%2Bb@ann.example?subject=${"x".repeat(249)}%E2%80%A6`);
  });
});
