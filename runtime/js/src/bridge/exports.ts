/**
 * The functions that C gives to TypeScript: `EMSCRIPTEN_KEEPALIVE` in runtime/core/*.c.
 *
 * A `PyPtr` is the address of a Python object. Whether a result is a new reference, which must be released, or a borrowed
 * one, is said where the function is defined. Failure is `null`, -1 or 0 as the type has it, with a pending exception:
 * `Bridge.value`, `Bridge.count` and `Bridge.pointer` turn it into a thrown PythonError.
 */

/** The address of a Python object; 0 is none. */
export type PyPtr = number;

export interface CoreExports {
  terra_start(executable: number, argc: number, argv: number, commandLine: number): number;
  terra_run_command_line(): number;
  terra_import(module: string, attribute: string | undefined): unknown;
  terra_check_signals(): number;
  terra_limit_stack(size: number): number;
  terra_umask(mask: number): void;

  terra_error_pending(): number;
  terra_take_error(): Error;
  terra_raise(thrown: unknown): void;
  terra_raise_conversion_error(message: string): void;

  terra_retain(object: PyPtr): void;
  terra_release(object: PyPtr): void;
  terra_from_js(value: unknown): PyPtr;
  terra_to_js(object: PyPtr): unknown;
  terra_take_to_js(object: PyPtr): unknown;

  terra_type_name(object: PyPtr): string | null;
  terra_str(object: PyPtr): string | null;
  terra_repr(object: PyPtr): string | null;
  terra_get_attribute(object: PyPtr, name: string): unknown;
  terra_has_attribute(object: PyPtr, name: string): number;
  terra_set_attribute(object: PyPtr, name: string, value: unknown): number;
  terra_delete_attribute(object: PyPtr, name: string): number;
  terra_dir(object: PyPtr): string[] | null;
  terra_get_item(object: PyPtr, key: unknown): unknown;
  terra_set_item(object: PyPtr, key: unknown, value: unknown): number;
  terra_delete_item(object: PyPtr, key: unknown): number;
  terra_contains(object: PyPtr, item: unknown): number;
  terra_length(object: PyPtr): number;
  terra_iterator(object: PyPtr): PyPtr;
  terra_send(iterator: PyPtr, value: unknown): unknown;
  terra_send_done(): number;
  terra_generator_throw(generator: PyPtr, error: unknown): unknown;
  terra_call(callable: PyPtr, args: unknown[], keywords: object | null): PyPtr;
  terra_await(awaitable: PyPtr, resolve: unknown, reject: unknown): number;

  terra_shape(object: PyPtr): number;
  terra_items(object: PyPtr): PyPtr;
  terra_sequence_length(sequence: PyPtr): number;
  terra_sequence_item(sequence: PyPtr, index: number): PyPtr;
  terra_list_new(): PyPtr;
  terra_list_append(list: PyPtr, item: PyPtr): number;
  terra_dict_new(): PyPtr;
  terra_dict_set(dict: PyPtr, key: PyPtr, value: PyPtr): number;
  terra_set_new(): PyPtr;
  terra_set_add(set: PyPtr, item: PyPtr): number;
  terra_buffer_open(object: PyPtr): number;
  terra_buffer_close(view: number): void;
}
