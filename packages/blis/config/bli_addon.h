/* BLIS's `configure` writes this file too. */

#ifndef BLIS_ADDON_H
#define BLIS_ADDON_H

#define BLIS_DISABLE_ADDONS

#endif
