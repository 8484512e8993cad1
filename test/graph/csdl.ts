/** Reads metadata of OData, as Microsoft Graph publishes it, and holds JSON against it. Only what Graph makes use of. */

export type Property = { readonly type: string; readonly isNullable: boolean }

export type Structure = {
  readonly is: 'structure'
  readonly base: string | null
  readonly isOpen: boolean
  readonly properties: ReadonlyMap<string, Property>
}
export type Enumeration = {
  readonly is: 'enumeration'
  readonly isFlags: boolean
  readonly members: readonly string[]
}

export type Metadata = {
  /** By full name: microsoft.graph.presence. */
  readonly types: ReadonlyMap<string, Structure | Enumeration>
  /** By name, one for each thing that an action of this name can be done to. */
  readonly actions: ReadonlyMap<string, readonly Action[]>
}

export type Action = {
  /** What it is done to. */
  readonly to: string
  readonly parameters: ReadonlyMap<string, Property>
  readonly returns: string | null
}

type Element = {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: Element[]
}

/** Reads the XML of a metadata document. */
export function readMetadata(xml: string): Metadata {
  const schemas = all(elementsOf(xml), 'Schema')
  const namespaces = schemas.map((schema) => textOf(schema, 'Namespace'))
  const full = (type: string) => fullName(type, namespaces)
  const types = new Map<string, Structure | Enumeration>()
  const actions = new Map<string, readonly Action[]>()
  for (const schema of schemas) {
    for (const element of schema.children) {
      const name = textOf(element, 'Name')
      const type = typeOf(element, full)
      if (type) types.set(`${textOf(schema, 'Namespace')}.${name}`, type)
      if (element.name === 'Action')
        actions.set(name, [...(actions.get(name) ?? []), actionOf(element, full)])
    }
  }
  return { types, actions }
}

function typeOf(element: Element, full: (type: string) => string): Structure | Enumeration | null {
  switch (element.name) {
    case 'EntityType':
    case 'ComplexType': {
      const base = element.attributes.get('BaseType')
      return {
        is: 'structure',
        base: base === undefined ? null : full(base),
        isOpen: textOf(element, 'OpenType') === 'true',
        properties: propertiesOf(element, ['Property', 'NavigationProperty'], full),
      }
    }
    case 'EnumType':
      return {
        is: 'enumeration',
        isFlags: textOf(element, 'IsFlags') === 'true',
        members: element.children.map((member) => textOf(member, 'Name')),
      }
    default:
      return null
  }
}

function actionOf(element: Element, full: (type: string) => string): Action {
  const [[, bound] = [], ...parameters] = propertiesOf(element, ['Parameter'], full)
  const [returned] = element.children.filter(({ name }) => name === 'ReturnType')
  return {
    to: bound?.type ?? '',
    parameters: new Map(parameters),
    returns: returned ? full(textOf(returned, 'Type')) : null,
  }
}

function propertiesOf(
  element: Element,
  kinds: readonly string[],
  full: (type: string) => string,
): ReadonlyMap<string, Property> {
  const own = element.children.filter(({ name }) => kinds.includes(name))
  return new Map(
    own.map((one) => [
      textOf(one, 'Name'),
      { type: full(textOf(one, 'Type')), isNullable: textOf(one, 'Nullable') !== 'false' },
    ]),
  )
}

/** `graph.presence` is `microsoft.graph.presence`: a namespace goes by its last part, too. */
function fullName(type: string, namespaces: readonly string[]): string {
  const [, element] = /^Collection\((.*)\)$/.exec(type) ?? []
  if (element !== undefined) return `Collection(${fullName(element, namespaces)})`
  const at = type.lastIndexOf('.')
  const [namespace, name] = [type.slice(0, at), type.slice(at + 1)]
  const found = namespaces.find((one) => one === namespace || one.endsWith(`.${namespace}`))
  return found === undefined ? type : `${found}.${name}`
}

/** The elements of a document without text between them, as metadata is. */
function elementsOf(xml: string): readonly Element[] {
  const root: Element = { name: '', attributes: new Map(), children: [] }
  const open = [root]
  for (const [, end, name = '', attributes = '', alone] of xml.matchAll(
    /<(\/?)([A-Za-z][\w:.]*)((?:\s+[\w:.]+="[^"]*")*)\s*(\/?)>/g,
  )) {
    if (end === '/') {
      if (open.pop()?.name !== name) throw new Error(`${name} ends, but did not begin`)
      continue
    }
    const pairs = [...attributes.matchAll(/([\w:.]+)="([^"]*)"/g)]
    const element = {
      name,
      attributes: new Map(pairs.map(([, key = '', value = '']) => [key, value])),
      children: [],
    }
    open.at(-1)?.children.push(element)
    if (alone !== '/') open.push(element)
  }
  if (open.length !== 1) throw new Error(`${open.at(-1)?.name ?? ''} does not end`)
  return root.children
}

function all(elements: readonly Element[], name: string): readonly Element[] {
  return elements.flatMap((element) => (element.name === name ? [element] : all(element.children, name)))
}

function textOf(element: Element, attribute: string): string {
  return element.attributes.get(attribute) ?? ''
}
