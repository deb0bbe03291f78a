/** All sentences in English. Its shape is the shape of every language to come. */
import { activity } from './activity';
import { burn } from './burn';
import { cd } from './cd';
import { change } from './change';
import { disc } from './disc';
import { drive, refused, welcome } from './drive';
import { failure } from './failure';
import { checks, image } from './image';
import { medium } from './medium';
import { help, page } from './page';
import { plan } from './plan';
import { result } from './result';

export const en = { activity, burn, cd, change, checks, disc, drive, failure, help, image, medium, page, plan, refused, result, welcome };
