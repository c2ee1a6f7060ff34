import { Icon } from "../explorer/icon.tsx";

/** A text to copy. `of`: what it is, for those who only hear the button. */
export const CopiedText = ({ of, text }: { of: string; text: string }) => (
  <>
    <pre>{text}</pre>
    <button type="button" class="plain live" data-copy="">
      <Icon name="copy" /> Copy<span class="hidden"> {of}</span>
    </button>
  </>
);
