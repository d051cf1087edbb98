import { defineConfig } from 'vitest/config';

/** Against a real server: MAGPIE_URL and MAGPIE_DEMO_PASSWORD say where and how to log in. */
export default defineConfig({
  test: {
    include: ['integration/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
