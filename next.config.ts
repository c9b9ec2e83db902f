import type { NextConfig } from "next";

const config: NextConfig = {
  // `npm run check` looks at the types, those of the tests included; starting must not wait for that.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // No image optimiser: nothing here needs one, and it is a surface that fetches by URL.
  images: { unoptimized: true },
};

export default config;
