/** Numbers of records by how they were validated. */
export interface ProofCounts {
  proved: number;
  /** Valid records that required `JSON.parse` and ajv. */
  asked: number;
  /** Records in batches that the simple engine processed. */
  left: number;
}

export const noProofCounts = (): ProofCounts => ({ proved: 0, asked: 0, left: 0 });
