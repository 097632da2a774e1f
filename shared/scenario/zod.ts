/** zod as this project uses it. The page's content security policy forbids `eval`, so no schema may be compiled. */
import { z } from 'zod';

z.config({ jitless: true });

export { z };
