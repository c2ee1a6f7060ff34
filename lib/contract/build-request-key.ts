/** Where `publish` asks for a build of large datasets. Each time it is written, a build starts. */
export const BUILD_REQUEST_KEY = ".factpress/large-build.json";
