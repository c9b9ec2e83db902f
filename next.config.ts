import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // No image optimiser: nothing here needs one, and it is a surface that fetches by URL.
  images: { unoptimized: true },
};

export default config;
