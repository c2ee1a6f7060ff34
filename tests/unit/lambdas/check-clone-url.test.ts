import { expect, it } from "vitest";
import { checkCloneUrl } from "../../../lambdas/build/check-clone-url.ts";
import { forgeAdapter } from "../../../lib/adapters/forge-adapter.ts";

const { cloneUrl } = forgeAdapter("github");
const HERE = cloneUrl({ repository: "owner/name", apiUrl: "https://api.github.com" });
const check = (url: string, expected = HERE, allowsLoopback = false) => checkCloneUrl(url, expected, { allowsLoopback });

it("accepts the repository of the deployment, on github.com and on a server of one's own", () => {
  expect(HERE).toBe("https://github.com/owner/name.git");
  check(HERE);
  const own = cloneUrl({ repository: "owner/name", apiUrl: "https://git.example.org/api/v3" });
  expect(own).toBe("https://git.example.org/owner/name.git");
  check(own, own);
});

it.each([
  "ext::sh -c id",
  "file:///etc",
  "http://169.254.170.2/x",
  "https://example.org/owner/name.git",
  "https://github.com/owner/other.git",
  "https://user@github.com/owner/name.git",
  "http://github.com/owner/name.git",
])("refuses %s", (url) => {
  expect(() => check(url)).toThrow("another address");
});

it("accepts http on this machine alone, and only where a setting allows it", () => {
  const local = "http://127.0.0.1:80/owner/name.git";
  check(local, local, true);
  expect(() => check(local, local)).toThrow("not https");
  const other = "http://git.example.org/owner/name.git";
  expect(() => check(other, other, true)).toThrow("not https");
});
