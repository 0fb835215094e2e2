// Which names a cell's code declares, where, and which it assigns to.
import type ts from '@tslab/typescript-for-tslab';

type TypeScript = typeof ts;

/** Names at the top of a cell, with whether they can be assigned to. */
export type Declared = Map<string, 'let' | 'fixed'>;

/** What later cells see. */
export function declaredIn(ts: TypeScript, file: ts.SourceFile): Declared {
  const declared: Declared = new Map();
  const addBinding = (name: ts.BindingName, keyword: 'let' | 'fixed'): void => {
    if (ts.isIdentifier(name)) declared.set(name.text, keyword);
    else
      for (const element of name.elements)
        if (ts.isBindingElement(element)) addBinding(element.name, keyword);
  };
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) {
      const { flags, declarations } = statement.declarationList;
      for (const { name } of declarations) addBinding(name, flags & ts.NodeFlags.Const ? 'fixed' : 'let');
    } else if (
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isEnumDeclaration(statement)
    ) {
      if (statement.name !== undefined) declared.set(statement.name.text, 'fixed');
    } else if (ts.isImportDeclaration(statement) && statement.importClause !== undefined) {
      const { name, namedBindings } = statement.importClause;
      if (name !== undefined) declared.set(name.text, 'fixed');
      if (namedBindings === undefined) continue;
      if (ts.isNamespaceImport(namedBindings)) declared.set(namedBindings.name.text, 'fixed');
      else for (const each of namedBindings.elements) declared.set(each.name.text, 'fixed');
    }
  }
  return declared;
}

/** Whether a function or block around it declares the name. */
export function isLocal(ts: TypeScript, name: ts.Identifier, file: ts.SourceFile): boolean {
  for (let node: ts.Node = name.parent; node !== file; node = node.parent) {
    const { locals } = node as { locals?: ReadonlyMap<string, unknown> };
    if (locals?.has(name.text)) return true;
    const declarations = ts.isFunctionLike(node)
      ? [...node.parameters]
      : ts.isBlock(node)
        ? node.statements.flatMap((each) =>
            ts.isVariableStatement(each) ? [...each.declarationList.declarations] : [],
          )
        : ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node)
          ? node.initializer !== undefined && ts.isVariableDeclarationList(node.initializer)
            ? [...node.initializer.declarations]
            : []
          : [];
    if (declarations.some((each) => binds(ts, each.name, name.text))) return true;
  }
  return false;
}

function binds(ts: TypeScript, binding: ts.BindingName, name: string): boolean {
  if (ts.isIdentifier(binding)) return binding.text === name;
  return binding.elements.some((element) => ts.isBindingElement(element) && binds(ts, element.name, name));
}

/** The name that `x = …`, `x += …` or `x++` changes. */
export function assignedName(ts: TypeScript, node: ts.Node): ts.Identifier | undefined {
  if (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    node.operatorToken.kind <= ts.SyntaxKind.LastAssignment &&
    ts.isIdentifier(node.left)
  )
    return node.left;
  if (
    (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
    (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken) &&
    ts.isIdentifier(node.operand)
  )
    return node.operand;
  return undefined;
}
