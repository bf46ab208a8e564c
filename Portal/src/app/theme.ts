import { createTheme, type MantineColorsTuple } from "@mantine/core";

const silo: MantineColorsTuple = [
  "#e6f7f5", "#d0eeea", "#a1ddd5", "#6ecbbf", "#45bcae", "#2ab0a1", "#169485", "#0f7c73", "#0b655d", "#064e48",
];

export const theme = createTheme({
  primaryColor: "silo",
  primaryShade: { light: 7, dark: 7 },
  colors: {
    silo,
    // A neutral dark without Mantine's blue cast; 0 is text, 7 the page.
    dark: [
      "#e4e6e8", "#b9bdc2", "#959ba2", "#6f767e", "#3a4046", "#2c3136", "#212529", "#16191c", "#101214", "#0b0d0e",
    ],
  },
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace",
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  headings: { fontWeight: "650" },
  components: {
    Tooltip: { defaultProps: { openDelay: 200 } },
    // The tone is in the surface and the icon; a title in the tone itself is too pale to read on yellow.
    Alert: { defaultProps: { styles: { title: { color: "var(--mantine-color-text)" } } } },
    Notification: { defaultProps: { closeButtonProps: { "aria-label": "Close" } } },
    Modal: { defaultProps: { centered: true, radius: "lg" } },
  },
});
