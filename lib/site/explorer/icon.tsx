const PATHS = {
  download: "M8 1v9M4 7l4 4 4-4M2 14h12",
  copy: "M5 5h9v9H5zM2 11V2h9",
  link: "M7 9l3-3M6 5l2-2a3 3 0 0 1 5 5l-2 2M10 11l-2 2a3 3 0 0 1-5-5l2-2",
  search: "M7 2a5 5 0 1 0 0 10A5 5 0 0 0 7 2zM11 11l4 4",
  quote: "M2 12V8a4 4 0 0 1 4-4M2 8h4v4H2M9 12V8a4 4 0 0 1 4-4M9 8h4v4H9",
  open: "M3 6l5 5 5-5",
  clear: "M3 3l10 10M13 3L3 13",
  edit: "M2 14l1-4L11 2l3 3-8 8z",
} as const;

export const Icon = ({ name }: { name: keyof typeof PATHS }) => (
  <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
    <path d={PATHS[name]} />
  </svg>
);
