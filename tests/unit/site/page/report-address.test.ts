import { describe, expect, it } from "vitest";
import { reportAddress } from "../../../../lib/site/page/report-address.ts";

const ann = { title: "Ann", email: "a+b@ann.example", path: "https://ann.example/" };
const press = { title: "Press", path: "https://press.example/" };
const repository = { url: "https://forge.example/us/data", folder: "data/d" } as never;

describe("reportAddress", () => {
  it("is that of the repository, a contact or the homepage", () => {
    expect(reportAddress({ repository, contributors: [ann] }, "s")).toBe(
      "https://forge.example/us/data/issues/new?title=s&body=What%20is%20right%3F%0A%0A%0AWho%20says%20so%3F%20(an%20address%20that%20others%20can%20open)%0A",
    );
    expect(reportAddress({ homepage: "https://d.example/", contributors: [press] }, "s")).toBe("https://press.example/");
    expect(reportAddress({ homepage: "https://d.example/" }, "s")).toBe("https://d.example/");
    expect(reportAddress({}, "s")).toBeUndefined();
  });
});
