import { Layout, type PageEnvironment } from "./layout.tsx";

export const MissingPage = ({ env }: { env: PageEnvironment }) => (
  <Layout env={env} head={{ title: "Not found", robots: "noindex" }}>
    <main id="main" class="wide">
      <h1>Page not found</h1>
      <p>
        There is no such dataset, version, file or subject. <a href="/">All datasets</a>
      </p>
    </main>
  </Layout>
);
