const FORCED = {
  LC_ALL: "C",
  GIT_NO_LAZY_FETCH: "1",
  GIT_ALLOW_PROTOCOL: "none",
  GIT_PROTOCOL_FROM_USER: "0",
  GIT_NO_REPLACE_OBJECTS: "1",
  GIT_GRAFT_FILE: "/dev/null",
  GIT_LITERAL_PATHSPECS: "1",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_TERMINAL_PROMPT: "0",
  GIT_ASKPASS: "false",
  GIT_EDITOR: "false",
  GIT_PAGER: "cat",
  GIT_ADVICE: "0",
};

/** Settings of the user that are passed on. Other GIT_ variables may redirect git or run a program. */
const KEPT_VARIABLES = [
  ...["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"],
  // For tests of repositories owned by other users.
  "GIT_TEST_ASSUME_DIFFERENT_OWNER",
];

/** Where git quarantines pushed objects until a pre-receive hook accepts them. */
const QUARANTINE = ["GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH"];

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of git processes. In a hook, git also reads the objects being pushed. */
export function gitEnvironment(from: Environment, inHook = false): Record<string, string | undefined> {
  const kept = inHook ? [...KEPT_VARIABLES, ...QUARANTINE] : KEPT_VARIABLES;
  const env = Object.fromEntries(Object.entries(from).filter(([name]) => !/^GIT_/i.test(name) || kept.includes(name)));
  return { ...env, ...FORCED };
}
