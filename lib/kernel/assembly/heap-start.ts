/** The start of free memory. */
export function heapStart(): usize {
  return __heap_base;
}
