/* Preloaded into a program: writes down, in order, what it does to the files below one folder.

   MADOGUCHI_CUT_FOLDER  the folder (absolute, without links)
   MADOGUCHI_CUT_LOG     where the record goes; others may append marks of their own to it
   MADOGUCHI_CUT_FULL    while this path exists, the disk is full: what would make a file longer gets ENOSPC;
                         a number in the file is another error, which every write, new name and sync gets

   Recorded: open with creation or truncation, write, pwrite, writev, pwritev, ftruncate, truncate, fsync, fdatasync
   (of folders too), link, unlink, rename, mkdir, rmdir. Not recorded: what is written through mmap. SQLite writes its -shm
   file so, and makes it anew from the log after a crash. sync_file_range is passed on and counts for nothing, as it
   promises nothing. What is written to a file named "@acknowledged" becomes a mark.                                */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define FILES 4096
#define MARKS "/@acknowledged"

enum { CREATED = 1, EMPTIED = 2, FOLDER = 4 };
enum { NONE, PLAIN, MARK };

struct __attribute__((packed)) head {
    char op;
    uint8_t flags;
    uint16_t path, other;
    uint32_t process;
    int32_t file;
    uint64_t offset, size;
};

static struct { int kind; dev_t device; ino_t inode; } known[FILES];
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX];
static size_t folder_size;
static const char *full;
static int record = -1;

#define REAL(name) ({ static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name); real; })

static void start(void) {
    const char *log = getenv("MADOGUCHI_CUT_LOG"), *place = getenv("MADOGUCHI_CUT_FOLDER");
    full = getenv("MADOGUCHI_CUT_FULL");
    if (!log || !place) return;
    snprintf(folder, sizeof folder, "%s/", place);
    folder_size = strlen(folder);
    int opened = REAL(open)(log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (opened < 0) abort();
    record = fcntl(opened, F_DUPFD_CLOEXEC, 1000);
    if (record < 0) record = opened; else REAL(close)(opened);
}

static void lock(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start);
    pthread_mutex_lock(&one_at_a_time);
}

static void unlock(void) { int kept = errno; pthread_mutex_unlock(&one_at_a_time); errno = kept; }

/* The path below the folder, or NULL; "" is the folder itself. `room` holds what is returned. */
static const char *below(int at, const char *path, char *room) {
    if (record < 0 || !path) return NULL;
    if (path[0] == '/') snprintf(room, PATH_MAX, "%s", path);
    else {
        char link[64], base[PATH_MAX];
        snprintf(link, sizeof link, at == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", at);
        ssize_t size = readlink(link, base, sizeof base - 1);
        if (size < 0) return NULL;
        base[size] = 0;
        if (snprintf(room, PATH_MAX, "%s/%s", base, path) >= PATH_MAX) return NULL;
    }
    if (!strncmp(room, folder, folder_size)) return room + folder_size;
    if (!strncmp(room, folder, folder_size - 1) && !room[folder_size - 1]) return "";
    return NULL;
}

static void say(struct head said, const char *path, const char *other, const struct iovec *data, int parts, size_t size) {
    struct iovec all[parts + 3];
    said.process = getpid();
    said.path = path ? strlen(path) : 0;
    said.other = other ? strlen(other) : 0;
    all[0] = (struct iovec){&said, sizeof said};
    all[1] = (struct iovec){(void *)path, said.path};
    all[2] = (struct iovec){(void *)other, said.other};
    int used = 3;
    for (int part = 0; part < parts && size; part++) {
        size_t taken = data[part].iov_len < size ? data[part].iov_len : size;
        all[used++] = (struct iovec){data[part].iov_base, taken};
        size -= taken;
    }
    if (REAL(writev)(record, all, used) < 0) abort();
}

static int is_known(int file) {
    struct stat now;
    if (file < 0 || file >= FILES || known[file].kind == NONE) return NONE;
    if (fstat(file, &now) || now.st_ino != known[file].inode || now.st_dev != known[file].device) known[file].kind = NONE;
    return known[file].kind;
}

/* The error of the disk now; 0 for none. */
static int trouble(void) {
    char text[8] = "";
    int file = full ? REAL(open)(full, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return 0;
    ssize_t size = read(file, text, sizeof text - 1);
    REAL(close)(file);
    return size > 0 && atoi(text) ? atoi(text) : ENOSPC;
}

static int opened(int file, const char *path, int is_new, int flags) {
    struct stat now;
    if (file < 0 || file >= FILES) return file;
    known[file].kind = NONE;
    if (!path || fstat(file, &now)) return file;
    size_t size = strlen(path);
    known[file].device = now.st_dev;
    known[file].inode = now.st_ino;
    int marks = size >= sizeof MARKS - 2 && !strcmp(path + size - (sizeof MARKS - 2), MARKS + 1);
    known[file].kind = marks ? MARK : PLAIN;
    struct head said = {.op = 'O', .file = file};
    said.flags = (is_new ? CREATED : 0) | (!is_new && flags & O_TRUNC ? EMPTIED : 0) | (S_ISDIR(now.st_mode) ? FOLDER : 0);
    if (!marks) say(said, path, NULL, NULL, 0, 0);
    return file;
}

static int open_it(int at, const char *path, int flags, mode_t mode) {
    char room[PATH_MAX];
    struct stat before;
    lock();
    const char *place = below(at, path, room);
    int is_new = place && flags & O_CREAT && fstatat(at, path, &before, AT_SYMLINK_NOFOLLOW) && errno == ENOENT;
    int error = place ? trouble() : 0;
    if (is_new || (error == EROFS && flags & O_ACCMODE)) if (error) { unlock(); errno = error; return -1; }
    int file = opened(REAL(openat)(at, path, flags, mode), place, is_new, flags);
    unlock();
    return file;
}

#define MODE(last) mode_t mode = 0; if (flags & (O_CREAT | __O_TMPFILE)) { va_list more; va_start(more, last); mode = va_arg(more, mode_t); va_end(more); }
int open(const char *path, int flags, ...) { MODE(flags) return open_it(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return open_it(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags) return open_it(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags) return open_it(at, path, flags, mode); }
int creat(const char *path, mode_t mode) { return open_it(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return creat(path, mode); }

int close(int file) {
    lock();
    if (is_known(file) == PLAIN) say((struct head){.op = 'C', .file = file}, NULL, NULL, NULL, 0, 0);
    if (file >= 0 && file < FILES) known[file].kind = NONE;
    int done = REAL(close)(file);
    unlock();
    return done;
}

/* What a write up to `end` gets instead; 0 where it is done. */
static int refused(int file, off_t end) {
    struct stat now;
    int error = trouble();
    return error == ENOSPC && (fstat(file, &now) || end <= now.st_size) ? 0 : error;
}

/* `offset` -1: where the file stands. */
static ssize_t write_it(int file, const struct iovec *data, int parts, off_t offset) {
    lock();
    int kind = is_known(file);
    off_t at = offset;
    if (kind == PLAIN && offset < 0) at = lseek(file, 0, fcntl(file, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
    size_t size = 0;
    for (int part = 0; part < parts; part++) size += data[part].iov_len;
    ssize_t done;
    int error = kind == PLAIN ? refused(file, at + (off_t)size) : 0;
    if (error) { errno = error; done = -1; }
    else done = offset < 0 ? REAL(writev)(file, data, parts) : REAL(pwritev)(file, data, parts, offset);
    if (done > 0 && kind != NONE) {
        struct head said = {.op = kind == MARK ? 'K' : 'W', .file = file, .offset = at, .size = done};
        say(said, NULL, NULL, data, parts, done);
    }
    unlock();
    return done;
}

static ssize_t write_one(int file, const void *data, size_t size, off_t offset) {
    struct iovec part = {(void *)data, size};
    return write_it(file, &part, 1, offset);
}

ssize_t write(int file, const void *data, size_t size) {
    if (file < 0 || file >= FILES || known[file].kind == NONE) return REAL(write)(file, data, size);
    return write_one(file, data, size, -1);
}
ssize_t pwrite(int file, const void *data, size_t size, off_t offset) { return write_one(file, data, size, offset); }
ssize_t pwrite64(int file, const void *data, size_t size, off_t offset) { return write_one(file, data, size, offset); }
ssize_t writev(int file, const struct iovec *data, int parts) {
    if (file < 0 || file >= FILES || known[file].kind == NONE) return REAL(writev)(file, data, parts);
    return write_it(file, data, parts, -1);
}
ssize_t pwritev(int file, const struct iovec *data, int parts, off_t offset) { return write_it(file, data, parts, offset); }
ssize_t pwritev2(int file, const struct iovec *data, int parts, off_t offset, int flags) {
    if (flags) { errno = EOPNOTSUPP; return -1; }
    return write_it(file, data, parts, offset);
}
ssize_t pwritev64v2(int file, const struct iovec *data, int parts, off_t offset, int flags) { return pwritev2(file, data, parts, offset, flags); }
ssize_t pwritev64(int file, const struct iovec *data, int parts, off_t offset) { return write_it(file, data, parts, offset); }

static int cut_it(int file, off_t size) {
    lock();
    int done, error = is_known(file) == PLAIN ? refused(file, size) : 0;
    if (error) { errno = error; done = -1; }
    else done = REAL(ftruncate)(file, size);
    if (!done && is_known(file) == PLAIN) say((struct head){.op = 'T', .file = file, .size = size}, NULL, NULL, NULL, 0, 0);
    unlock();
    return done;
}
int ftruncate(int file, off_t size) { return cut_it(file, size); }
int ftruncate64(int file, off_t size) { return cut_it(file, size); }

static int cut_path(const char *path, off_t size) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return -1;
    int done = cut_it(file, size), kept = errno;
    close(file);
    errno = kept;
    return done;
}
int truncate(const char *path, off_t size) { return cut_path(path, size); }
int truncate64(const char *path, off_t size) { return cut_path(path, size); }

static int sync_it(int file, int done) {
    int error = !done && is_known(file) == PLAIN ? trouble() : 0;
    if (error && error != ENOSPC) { errno = error; done = -1; }
    if (!done && is_known(file) == PLAIN) say((struct head){.op = 'S', .file = file}, NULL, NULL, NULL, 0, 0);
    unlock();
    return done;
}
int fsync(int file) { lock(); return sync_it(file, is_known(file) == PLAIN ? 0 : REAL(fsync)(file)); }
int fdatasync(int file) { lock(); return sync_it(file, is_known(file) == PLAIN ? 0 : REAL(fdatasync)(file)); }

static int name_it(char op, int at, const char *path, int other_at, const char *other, int (*act)(int, const char *, int, const char *, int), int with) {
    char room[PATH_MAX], other_room[PATH_MAX];
    lock();
    const char *place = below(at, path, room), *other_place = other ? below(other_at, other, other_room) : NULL;
    int error = place || other_place ? trouble() : 0;
    if (error && error != ENOSPC) { unlock(); errno = error; return -1; }
    int done = act(at, path, other_at, other, with);
    if (!done && (place || other_place)) say((struct head){.op = op}, place, other_place, NULL, 0, 0);
    unlock();
    return done;
}
static int do_unlink(int at, const char *path, int a, const char *b, int flags) { (void)a; (void)b; return REAL(unlinkat)(at, path, flags); }
static int do_mkdir(int at, const char *path, int a, const char *b, int mode) { (void)a; (void)b; return REAL(mkdirat)(at, path, mode); }
static int do_rename(int at, const char *path, int other_at, const char *other, int f) { (void)f; return REAL(renameat)(at, path, other_at, other); }

int unlink(const char *path) { return name_it('U', AT_FDCWD, path, 0, NULL, do_unlink, 0); }
int rmdir(const char *path) { return name_it('U', AT_FDCWD, path, 0, NULL, do_unlink, AT_REMOVEDIR); }
int unlinkat(int at, const char *path, int flags) { return name_it('U', at, path, 0, NULL, do_unlink, flags); }
int mkdir(const char *path, mode_t mode) { return name_it('M', AT_FDCWD, path, 0, NULL, do_mkdir, mode); }
int mkdirat(int at, const char *path, mode_t mode) { return name_it('M', at, path, 0, NULL, do_mkdir, mode); }
static int do_link(int at, const char *path, int other_at, const char *other, int f) { return REAL(linkat)(at, path, other_at, other, f); }
int link(const char *path, const char *other) { return name_it('L', AT_FDCWD, path, AT_FDCWD, other, do_link, 0); }
int linkat(int at, const char *path, int other_at, const char *other, int flags) { return name_it('L', at, path, other_at, other, do_link, flags); }
int rename(const char *path, const char *other) { return name_it('R', AT_FDCWD, path, AT_FDCWD, other, do_rename, 0); }
int renameat(int at, const char *path, int other_at, const char *other) { return name_it('R', at, path, other_at, other, do_rename, 0); }
int renameat2(int at, const char *path, int other_at, const char *other, unsigned flags) {
    if (flags) { errno = EINVAL; return -1; }
    return renameat(at, path, other_at, other);
}
