import type { BurnPlan } from '../../api/types';

/** The job is done once the drive has formatted all of the disc in the background. */
export const awaits = (plan: BurnPlan) => plan.steps.some((step) => step.code === 'await-format');
