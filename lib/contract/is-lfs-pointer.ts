/** Whether a file is a pointer of Git LFS, by how its text starts. */
export const isLfsPointer = (text: string): boolean => text.startsWith("version https://git-lfs.");
