/** What `--reporter` may name. Apart from the reporters, which load only when one is used. */
export const REPORTERS = ['table', 'json', 'junit', 'sarif', 'markdown', 'html', 'github'] as const;
export type ReporterName = (typeof REPORTERS)[number];
