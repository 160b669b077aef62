import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/** Whole font files, Latin and Cyrillic: those of the pages are split by script, and each would lack the other's letters. */
export const fontFiles = {
  regular: resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  strong: resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
} as const;
