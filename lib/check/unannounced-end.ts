/** The message and remedy for a dataset that is deleted without a declared reason. */
export const unannouncedEnd = (name: string, against: string): { message: string; remedy: string } => ({
  message: `was deleted: ${against} has it. Its releases stay published, and its page will show that it ended.`,
  remedy: `Restore the folder. If another dataset continues it, declare that in its dataset.json: "continues": "${name}" in the block "release". If it ends, say why in its own dataset.json, in a commit that is merged before: "ended": "WHY" in the block "release".`,
});
