// All tools, in the order in which one works with them.
import type { Tool } from './tool.ts';
import { forgeTasks } from './tools/forge-tasks.ts';
import { getFindings } from './tools/get-findings.ts';
import { gradeSubmission } from './tools/grade-submission.ts';
import { inspectDataset } from './tools/inspect-dataset.ts';
import { verifyTask } from './tools/verify-task.ts';

export const toolset: readonly Tool[] = [inspectDataset, forgeTasks, verifyTask, gradeSubmission, getFindings];
