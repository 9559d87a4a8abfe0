/** Paths in a square of 16 units, drawn with a line. */
const paths = {
  overview: 'M2 2h5v5H2zM9 2h5v5H9zM2 9h5v5H2zM9 9h5v5H9z',
  playground: 'M3 2v12M8 2v12M13 2v12M1.5 10h3M6.5 5h3M11.5 9h3',
  jobs: 'M2 4h2M2 8h2M2 12h2M6.5 4H14M6.5 8H14M6.5 12H14',
  batches: 'M8 10V2M4.5 5.5 8 2l3.5 3.5M2 10v3.5h12V10',
  keys: 'M10.5 9a3.5 3.5 0 1 0-3.3-2.3L2 12v2h2.5v-1.8h1.8v-1.8l1.6-1.6A3.5 3.5 0 0 0 10.5 9zM11.2 4.8v.1',
  models: 'M8 1.5 14 5v6l-6 3.5L2 11V5zM2.2 5 8 8.3 13.8 5M8 8.3v6',
  audit: 'M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3M5.5 8h5M5.5 11h5',
  sessions: 'M1.5 3h13v8h-13zM5 14h6M8 11v3',
  traffic: 'M1.5 9h3l2-6 3 10 2-4h3',
  drift: 'M1.5 12c2.5 0 2.5-8 4.5-8s2 8 4.5 8M7.5 12c2.5 0 2-6 4-6s1.5 6 3 6',
  evaluation: 'M2 2v12h12M3.5 12c1-6 4-8 10-8.5',
  check: 'M2.5 8.5 6 12l7.5-8',
  cross: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  clock: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM8 4.5V8l2.5 1.5',
  play: 'M4.5 2.5v11l9-5.5z',
  pause: 'M5 3v10M11 3v10',
  minus: 'M3 8h10',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  moon: 'M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7z',
  screen: 'M1.5 2.5h13v8.5h-13zM5 14h6',
  keyboard: 'M1 4h14v8.5H1zM3.5 6.5h.1M6 6.5h.1M8.5 6.5h.1M11 6.5h.1M4.5 10h7',
  leave: 'M6.5 2h-4v12h4M6 8h8M11 5l3 3-3 3',
  warning: 'M8 2 15 14H1zM8 6.5v3.5M8 12v.1',
  refresh: 'M13.5 8a5.5 5.5 0 1 1-1.600-3.900L13.5 5.700M13.5 2v3.700H9.800',
} as const

export type IconName = keyof typeof paths

export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
)
