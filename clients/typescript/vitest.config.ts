import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // Hosts of the hub are started for some tests, on machines that do something else besides.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
