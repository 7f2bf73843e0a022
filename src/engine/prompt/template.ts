/** Handlebars' syntax tree of a template, opaque to everything but this folder. */
export type TemplateProgram = { readonly type: 'Program' } & { readonly body: readonly unknown[] };
