/* What the classes of proxies share among them: those of jsproxy_types.c, and the maps of jsproxy_maps.c. */
#ifndef TERRARIUM_JSPROXY_TYPES_H
#define TERRARIUM_JSPROXY_TYPES_H

#include "jsproxy.h"

#define ABSTRACT (Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION)
#define SLOTS(...)                                                                                                     \
  .slots = (PyType_Slot[]) { __VA_ARGS__, {0} }

/* Slots of whatever has a length or size, and has() or includes(). */
Py_ssize_t jsproxy_length(PyObject *self);
int jsproxy_contains(PyObject *self, PyObject *item);

/* A view shows in a way of its own what an object or array holds. It is named by the feature of its maps:
 * JS_HEREDITARY_MAP, JS_JSON_MAP, or 0 for the ordinary way.
 *
 * This is python_from_js() for what a view holds. A new reference. */
PyObject *jsproxy_python_in_view(JsVal value, int view);

/* jsproxy_maps.c */
extern PyType_Spec jsproxy_indexable_spec;
extern PyType_Spec jsproxy_mutable_indexable_spec;
extern PyType_Spec jsproxy_map_spec;
extern PyType_Spec jsproxy_mutable_map_spec;
extern PyType_Spec jsproxy_object_map_spec;
extern PyType_Spec jsproxy_hereditary_map_spec;
extern PyType_Spec jsproxy_json_map_spec;

#endif
