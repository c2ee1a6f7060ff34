/** Numbers of proved and other records. */
export interface ProofCounts {
  proved: number;
  /** Valid records that `JSON.parse` and ajv had to read. */
  asked: number;
  /** Records in batches that the simple engine processed. */
  left: number;
}

export const noProofCounts = (): ProofCounts => ({ proved: 0, asked: 0, left: 0 });
