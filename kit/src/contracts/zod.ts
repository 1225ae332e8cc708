import { extendZodWithOpenApi } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';

// Adds `.openapi('Name')`: a named schema becomes a component of the OpenAPI document. Everything else is plain zod.
extendZodWithOpenApi(z);

export { z };
