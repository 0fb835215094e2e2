// Code that the kernel compiles wrongly (tslab 1.0.22) although it is right TypeScript, or that a cell must not hold.
// tslab makes each earlier variable x into exports.x, and forgets some of the places where x may stand.
import { createRequire } from 'node:module';
import type ts from '@tslab/typescript-for-tslab';
import { assignedName, type Declared, declaredIn, isLocal } from './cell-names.js';
import { type Notebook, textOf } from './notebook-file.js';

type TypeScript = typeof ts;

/** @returns a sentence with cell and line for each thing that is wrong */
export function lintCode(notebook: Notebook): string[] {
  const compiler = loadTypeScript();
  const problems: string[] = [];
  const earlier: Declared = new Map();
  for (const [place, cell] of notebook.cells.entries()) {
    if (cell.cell_type !== 'code') continue;
    const file = compiler.createSourceFile(
      'cell.ts',
      textOf(cell.source),
      compiler.ScriptTarget.Latest,
      true,
    );
    const own = declaredIn(compiler, file);
    for (const { node, what } of [...syntaxErrors(file), ...findProblems(compiler, file, earlier, own)]) {
      const { line } = file.getLineAndCharacterOfPosition(typeof node === 'number' ? node : node.getStart());
      problems.push(`cell ${place + 1}, line ${line + 1}: ${what}`);
    }
    for (const [name, keyword] of own) earlier.set(name, keyword);
  }
  return problems;
}

interface Problem {
  readonly node: ts.Node | number;
  readonly what: string;
}

function findProblems(ts: TypeScript, file: ts.SourceFile, earlier: Declared, own: Declared): Problem[] {
  const problems: Problem[] = [];
  const isEarlier = (name: ts.Identifier): boolean =>
    earlier.has(name.text) && !own.has(name.text) && !isLocal(ts, name, file);
  const visit = (node: ts.Node): void => {
    const say = (what: string): number => problems.push({ node, what });
    if (ts.isShorthandPropertyAssignment(node) && isEarlier(node.name))
      say(`{ ${node.name.text} } of an earlier cell is lost: write { ${node.name.text}: ${node.name.text} }`);
    if (ts.isBindingElement(node) && node.propertyName !== undefined)
      say(`{ ${node.getText()} } may lose the name of an earlier cell: take the property with a dot`);
    if (ts.isForOfStatement(node) && node.awaitModifier !== undefined && node.parent === file)
      say('for await at the top of a cell is refused: put it into an async function');
    if (ts.isExportAssignment(node) || ts.isExportDeclaration(node) || isExported(ts, node))
      say('a cell exports nothing: later cells see its names as they are');
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
      say('import.meta is not there in a cell: paths are relative to the notebook');
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const from = node.moduleSpecifier.text;
      if (!/^(?:\.\.\/dist\/|node:)/.test(from))
        say(`imports '${from}': cells import from '../dist/…' what src/ has been compiled to`);
    }
    const target = assignedName(ts, node);
    if (target !== undefined && earlier.get(target.text) === 'let' && isEarlier(target))
      say(
        `${target.text} is an earlier cell's: functions there would not see the change; declare it here or there`,
      );
    ts.forEachChild(node, visit);
  };
  visit(file);
  return problems;
}

function syntaxErrors(file: ts.SourceFile): Problem[] {
  // not in the public type, and the only way to syntax errors without a whole program
  const { parseDiagnostics = [] } = file as { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] };
  return parseDiagnostics.map(({ start, messageText }) => ({
    node: start,
    what: typeof messageText === 'string' ? messageText : messageText.messageText,
  }));
}

function isExported(ts: TypeScript, node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false)
  );
}

/**
 * The very compiler that the kernel uses; TypeScript 7 has no interface to its parser.
 *
 * @throws Error when tslab is not installed
 */
function loadTypeScript(): TypeScript {
  const fromHere = createRequire(import.meta.url);
  try {
    return createRequire(fromHere.resolve('tslab'))('@tslab/typescript-for-tslab') as TypeScript;
  } catch (error) {
    throw new Error('notebooks need tslab, a development dependency: run npm install in the project', {
      cause: error,
    });
  }
}
