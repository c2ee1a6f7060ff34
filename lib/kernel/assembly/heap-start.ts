/** Where free memory begins. */
export function heapStart(): usize {
  return __heap_base;
}
