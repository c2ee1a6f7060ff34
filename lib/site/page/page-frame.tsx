import type { ComponentChildren } from "preact";
import { PICTURE_SIZE } from "../picture/picture-text.ts";
import { PageData } from "./page-data.tsx";
import type { PagePicture } from "./page-picture.ts";

/** The addresses used by every page. */
export interface PageEnvironment {
  /** Prefix of asset names: `/assets/`, or `assets/` for a page that is opened from a disk. */
  assets: string;
  style: string;
  /** The text of the style sheet, inlined so that the first paint needs no request. */
  css?: string;
  script?: string;
  /** The script that composes the changes between versions. */
  composer?: string;
  /** The font, preloaded for the first paint. */
  font?: string;
  /** Address of the site, without a slash at the end; missing if not configured. */
  site?: string;
}

export interface Head {
  title: string;
  description?: string;
  /** Path from the site's root. */
  canonical?: string;
  links?: { rel: string; href: string; type?: string; title?: string }[];
  jsonLd?: object;
  robots?: string;
  /** Id of the element that blocks the first paint, so that later content does not shift the layout. Default: the whole content. */
  firstPaint?: string;
  picture?: PagePicture;
}

/** Tags for link previews in messengers and social networks (ogp.me, and one tag for X). */
const PictureTags = ({ site, picture: { path, query, text } }: { site: string; picture: PagePicture }) => (
  <>
    <meta property="og:image" content={`${site}${path}?${query}`} />
    <meta property="og:image:type" content="image/png" />
    <meta property="og:image:width" content={String(PICTURE_SIZE.width)} />
    <meta property="og:image:height" content={String(PICTURE_SIZE.height)} />
    <meta property="og:image:alt" content={`${text.heading}. ${text.sentences.join(" ")}`} />
    <meta name="twitter:card" content="summary_large_image" />
  </>
);

interface PageFrameProps {
  env: PageEnvironment;
  head: Head;
  /** The release that the page shows; without a version, it is a preview. */
  release?: { name: string; version: string | null };
  children: ComponentChildren;
}

const VerifyLink = ({ release }: Pick<PageFrameProps, "release">) =>
  release?.version ? (
    <a href={`/verify/?dataset=${release.name}&version=${release.version}`}>Verify version {release.version}</a>
  ) : (
    <a href="/verify/">Verify a release</a>
  );

/** The inlined style and the preloaded font. */
const StyleTags = ({ env: { assets, css, font } }: Pick<PageFrameProps, "env">) => (
  <>
    {font ? <link rel="preload" href={`${assets}${font}`} as="font" type="font/woff2" crossorigin="anonymous" /> : null}
    {css === undefined ? null : <style dangerouslySetInnerHTML={{ __html: css }} />}
  </>
);

/** The style as a file, fetched by a script only if the server's policy, from another version, blocks the inlined style. */
const StyleFile = ({ env: { assets, style, css, script } }: Pick<PageFrameProps, "env">) => {
  const href = `${assets}${style}`;
  const isSpare = script !== undefined && css !== undefined;
  return (
    <>
      <link {...{ rel: "stylesheet", href, disabled: isSpare }} />
      {isSpare ? (
        <noscript>
          <link rel="stylesheet" href={href} />
        </noscript>
      ) : null}
    </>
  );
};

export const PageFrame = ({ env, head, release, children }: PageFrameProps) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{head.title}</title>
      {head.description ? <meta name="description" content={head.description} /> : null}
      <meta property="og:title" content={head.title} />
      <meta property="og:type" content="article" />
      {head.description ? <meta property="og:description" content={head.description} /> : null}
      {head.canonical && env.site ? <meta property="og:url" content={`${env.site}${head.canonical}`} /> : null}
      {head.picture && env.site ? <PictureTags site={env.site} picture={head.picture} /> : null}
      <meta name="color-scheme" content="light dark" />
      {head.robots ? <meta name="robots" content={head.robots} /> : null}
      {head.canonical && env.site ? <link rel="canonical" href={`${env.site}${head.canonical}`} /> : null}
      {head.links?.map(({ rel, href, type, title }) => (
        <link key={`${rel}${href}`} rel={rel} href={href} {...(type ? { type } : {})} {...(title ? { title } : {})} />
      ))}
      <link rel="icon" href="data:," />
      <link {...{ rel: "expect", href: `#${head.firstPaint ?? "main"}`, blocking: "render" }} />
      <StyleTags env={env} />
      {env.script ? <script type="module" src={`${env.assets}${env.script}`} /> : null}
    </head>
    <body>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="top">
        <div class="wide">
          <a href="/">All datasets</a>
        </div>
      </header>
      {children}
      <footer class="wide">
        <p class="muted">
          Published with Factpress. <VerifyLink {...(release ? { release } : {})} />
        </p>
      </footer>
      <StyleFile env={env} />
      {/* Last, because no reader waits for it. */}
      {head.jsonLd ? <PageData type="application/ld+json" value={head.jsonLd} /> : null}
    </body>
  </html>
);
