import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// `npm run dev` and `npm run preview` talk to a running `jieli dev`; JIELI_URL says where.
const backend = process.env.JIELI_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    manifest: 'manifest.json',
    chunkSizeWarningLimit: 1200,
  },
  server: { proxy: { '/api': backend } },
  preview: { proxy: { '/api': backend } },
  test: { include: ['src/**/*.test.ts', 'src/**/*.test.tsx'], environment: 'node' },
});
