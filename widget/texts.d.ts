declare module "virtual:texts" {
  const texts: Record<string, Record<string, (values?: Record<string, unknown>) => string>>;
  export default texts;
}
