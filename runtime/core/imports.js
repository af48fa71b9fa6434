// The functions of jsval.h, for Emscripten's linker.
//
// The linker wants a JavaScript definition of each function that the C code imports. These are place-holders:
// runtime/js/src/bridge/imports.ts has the real functions, typed, and puts them in place when the module is instantiated.
addToLibrary(
  Object.fromEntries(
    `js_kind js_undefined js_bool js_number js_number_value
     js_string js_string_length js_string_copy js_bigint js_bigint_size js_bigint_copy
     js_store js_load js_drop js_identity js_features js_shape js_global
     js_get js_set js_get_attribute js_set_attribute js_delete_attribute js_attribute_names
     js_call js_construct js_release_borrowed
     js_same js_truth js_to_string js_type_name js_keys js_length
     js_array js_push js_at js_array_assign js_array_slice js_array_splice
     js_object js_map_get js_map_set js_map_delete js_map_clear js_map_keys js_contains
     js_own_get js_own_set js_own_delete js_own_has
     js_iterator js_resume js_async_iterator
     js_buffer_size js_buffer_read js_buffer_write js_buffer_format
     js_pyproxy js_pyproxy_object js_pyproxy_keep js_pyproxy_destroy js_pyproxy_capture_this js_once_callable
     js_python_error js_python_error_serial js_as_error js_attach
     js_deep_to_js js_deep_to_python`
      .split(/\s+/)
      .map((name) => [name, () => {}]),
  ),
);
