// One step of a multi-step pick, with its number and a way back.
import * as vscode from 'vscode';

export interface StepItem<Answer> extends vscode.QuickPickItem {
  readonly answer: Answer;
}

export interface Step<Answer> {
  readonly title: string;
  readonly step: number;
  readonly steps: number;
  readonly placeholder: string;
  readonly items: readonly (StepItem<Answer> | vscode.QuickPickItem)[];
  readonly active?: StepItem<Answer> | undefined;
  /** Further items, below the others, when they are known. */
  readonly later?: Promise<readonly StepItem<Answer>[]>;
  /** An item for what was typed; undefined when the text means none. */
  readonly typed?: (text: string) => StepItem<Answer> | undefined;
}

/** The answer, `back` to the step before, or undefined when the whole choice was given up. */
export function pickStep<Answer>(step: Step<Answer>): Promise<Answer | 'back' | undefined> {
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem>();
  pick.title = step.title;
  pick.step = step.step;
  pick.totalSteps = step.steps;
  pick.placeholder = step.placeholder;
  pick.items = step.items;
  if (step.active !== undefined) pick.activeItems = [step.active];
  if (step.step > 1) pick.buttons = [vscode.QuickInputButtons.Back];
  return new Promise((resolve) => {
    let isOpen = true;
    const end = (answer: Answer | 'back' | undefined): void => {
      isOpen = false;
      resolve(answer);
      pick.dispose();
    };
    pick.onDidChangeValue((text) => {
      const typed = step.typed?.(text);
      if (step.typed !== undefined) pick.items = typed === undefined ? step.items : [typed, ...step.items];
    });
    pick.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) end('back');
    });
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen !== undefined && isAnswer<Answer>(chosen)) end(chosen.answer);
    });
    pick.onDidHide(() => end(undefined)); // After an answer this changes nothing: a promise resolves once.
    pick.show();
    if (step.later === undefined) return;
    pick.busy = true;
    void step.later.then((items) => {
      if (!isOpen) return;
      pick.busy = false;
      const active = [...pick.activeItems];
      pick.items = [...pick.items, ...items];
      pick.activeItems = active;
    });
  });
}

function isAnswer<Answer>(item: vscode.QuickPickItem): item is StepItem<Answer> {
  return 'answer' in item;
}
