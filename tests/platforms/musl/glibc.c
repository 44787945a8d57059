/* What glibc's libstdc++ and libgcc_s need of glibc and musl doesn't have. Enough to start the server, not for more. */
#define _GNU_SOURCE
#include <link.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

char __libc_single_threaded = 0;
unsigned __cpu_model[4];

int __cpu_indicator_init(void) { return 0; }

unsigned arc4random(void) {
  unsigned number;
  if (getrandom(&number, sizeof number, 0) != sizeof number) abort();
  return number;
}

size_t __strftime_l(char *text, size_t size, const char *format, const struct tm *time, locale_t locale) {
  return strftime_l(text, size, format, time, locale);
}

/* Destructors of a thread's variables. */
struct destructor {
  void (*run)(void *);
  void *object;
  struct destructor *next;
};

static pthread_key_t destructors;

static void run_destructors(void *first) {
  for (struct destructor *one = first; one;) {
    struct destructor *next = one->next;
    one->run(one->object);
    free(one);
    one = next;
  }
}

__attribute__((constructor)) static void create_key(void) { pthread_key_create(&destructors, run_destructors); }

int __cxa_thread_atexit_impl(void (*run)(void *), void *object, void *library) {
  (void)library;
  struct destructor *one = malloc(sizeof *one);
  if (!one) return -1;
  *one = (struct destructor){run, object, pthread_getspecific(destructors)};
  return pthread_setspecific(destructors, one);
}

/* The unwinder's search for the library of an address. The struct is glibc's, on x64. */
struct dl_find_object {
  unsigned long long flags;
  char *start, *end;
  void *link_map, *eh_frame;
  unsigned long long reserved[7];
};

struct search {
  char *address;
  struct dl_find_object *found;
};

static int is_in(struct dl_phdr_info *library, size_t size, void *data) {
  (void)size;
  struct search *search = data;
  struct dl_find_object seen = {0};
  int contains = 0;
  for (int i = 0; i < library->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &library->dlpi_phdr[i];
    char *start = (char *)library->dlpi_addr + part->p_vaddr, *end = start + part->p_memsz;
    if (part->p_type == PT_GNU_EH_FRAME) seen.eh_frame = start;
    if (part->p_type != PT_LOAD) continue;
    if (!seen.start || start < seen.start) seen.start = start;
    if (end > seen.end) seen.end = end;
    contains |= search->address >= start && search->address < end;
  }
  if (!contains || !seen.eh_frame) return 0;
  *search->found = seen;
  return 1;
}

int _dl_find_object(void *address, struct dl_find_object *found) {
  struct search search = {address, found};
  return dl_iterate_phdr(is_in, &search) ? 0 : -1;
}
