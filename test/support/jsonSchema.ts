/** The part of JSON Schema that the schema of CSL-JSON uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly anyOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** The places of a value that break a schema, as `/0/issued: …`; empty when it is valid. */
export function violations(value: unknown, schema: Schema, root: Schema = schema, path = ''): string[] {
  if (schema.$ref !== undefined) {
    const target = root.definitions?.[schema.$ref.replace('#/definitions/', '')];
    return target === undefined ? [`${path}: no ${schema.$ref}`] : violations(value, target, root, path);
  }
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  if (types.length > 0 && !types.includes(typeName(value))) {
    return [`${path}: ${typeName(value)} is no ${types.join(' or ')}`];
  }
  if (schema.enum !== undefined && !schema.enum.includes(value)) {
    return [`${path}: unknown ${JSON.stringify(value)}`];
  }
  if (schema.anyOf !== undefined) {
    const tries = schema.anyOf.map(one => violations(value, one, root, path));
    return tries.some(found => found.length === 0) ? [] : (tries[0] ?? []);
  }
  if (Array.isArray(value)) {
    const { items, minItems = 0, maxItems = Infinity } = schema;
    const size =
      value.length < minItems || value.length > maxItems ? [`${path}: ${value.length.toString()} items`] : [];
    return items === undefined
      ? size
      : [...size, ...value.flatMap((one, index) => violations(one, items, root, `${path}/${index.toString()}`))];
  }
  return typeof value === 'object' && value !== null
    ? objectViolations(value as Record<string, unknown>, schema, root, path)
    : [];
}

function objectViolations(
  value: Readonly<Record<string, unknown>>,
  schema: Schema,
  root: Schema,
  path: string,
): string[] {
  const missing = (schema.required ?? []).filter(name => value[name] === undefined).map(name => `${path}: no ${name}`);
  return Object.entries(value).reduce((found, [name, one]) => {
    const member = schema.properties?.[name];
    if (member !== undefined) return [...found, ...violations(one, member, root, `${path}/${name}`)];
    return schema.additionalProperties === false ? [...found, `${path}: ${name} is not allowed`] : found;
  }, missing);
}

const typeName = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
