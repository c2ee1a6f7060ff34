/** Written by `npm run assets` from what lib/render/dataset-projections.ts imports; not to be edited. */
export const RENDERER = "9ee9475327a8ca7629a11bfc585eab7053ea800331bdc0e561b5dbbc5493678f";
