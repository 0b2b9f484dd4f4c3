/* A PC/SC driver: vpcd's virtual readers with a PIN pad in front (PC/SC part 10: FEATURE_VERIFY_PIN_DIRECT).
 *
 * Everything goes through to vpcd but two control codes: which features there are, and "have a PIN typed and verified".
 * The PIN comes from the fingers, the unix socket ROOM/fingers: the reader connects, sends the structure it was given
 * and a newline, and reads one line: "PIN digits", "CANCEL" or "SLOW". Nobody there, or silence: the time runs out.
 * While there is a file ROOM/unplugged the readers can't be reached, with ROOM/mute no card answers its power-up.
 *
 * Compiled with ROOM (folder), VPCD (path) and LIES (1: announces the feature and fails on use).
 */
#include <arpa/inet.h>
#include <dlfcn.h>
#include <ifdhandler.h>
#include <poll.h>
#include <reader.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define VERIFY_PIN_DIRECT SCARD_CTL_CODE(0x330000 + FEATURE_VERIFY_PIN_DIRECT)
#define TICK_MS 50
#define DEFAULT_TIME_S 30
#define LONGEST_PIN 15

static void *below(const char *name)
{
	static void *driver;
	void *found;

	if (!driver && !(driver = dlopen(VPCD, RTLD_NOW | RTLD_LOCAL))) {
		fprintf(stderr, "PIN pad: %s\n", dlerror());
		abort();
	}
	if (!(found = dlsym(driver, name)))
		abort();
	return found;
}

#define PASS(name, ...) ((RESPONSECODE(*)())below(#name))(__VA_ARGS__)

static int is_unplugged(void) { return !access(ROOM "/unplugged", F_OK); }

RESPONSECODE IFDHCreateChannelByName(DWORD lun, LPSTR name) { return PASS(IFDHCreateChannelByName, lun, name); }
RESPONSECODE IFDHCreateChannel(DWORD lun, DWORD channel) { return PASS(IFDHCreateChannel, lun, channel); }
RESPONSECODE IFDHCloseChannel(DWORD lun) { return PASS(IFDHCloseChannel, lun); }
static RESPONSECODE tell(const void *what, DWORD length, PDWORD size, PUCHAR value)
{
	if (*size < length)
		return IFD_ERROR_INSUFFICIENT_BUFFER;
	memcpy(value, what, length);
	*size = length;
	return IFD_SUCCESS;
}

RESPONSECODE IFDHGetCapabilities(DWORD lun, DWORD tag, PDWORD size, PUCHAR value)
{
	static const unsigned version = 0x01040024, channel = 0x00200001; /* 1.4.36, on USB */

	if (tag == SCARD_ATTR_VENDOR_NAME)
		return tell("Pad Maker", 9, size, value);
	if (tag == SCARD_ATTR_VENDOR_IFD_TYPE)
		return tell("Reader with a pad", 17, size, value);
	if (tag == SCARD_ATTR_VENDOR_IFD_VERSION)
		return tell(&version, sizeof version, size, value);
	if (tag == SCARD_ATTR_CHANNEL_ID)
		return tell(&channel, sizeof channel, size, value);
	return PASS(IFDHGetCapabilities, lun, tag, size, value);
}
RESPONSECODE IFDHSetCapabilities(DWORD lun, DWORD tag, DWORD size, PUCHAR value)
{
	return PASS(IFDHSetCapabilities, lun, tag, size, value);
}
RESPONSECODE IFDHSetProtocolParameters(DWORD lun, DWORD protocol, UCHAR flags, UCHAR p1, UCHAR p2, UCHAR p3)
{
	return PASS(IFDHSetProtocolParameters, lun, protocol, flags, p1, p2, p3);
}
RESPONSECODE IFDHPowerICC(DWORD lun, DWORD action, PUCHAR atr, PDWORD size)
{
	if (action != IFD_POWER_DOWN && !access(ROOM "/mute", F_OK)) {
		*size = 0;
		return IFD_ERROR_POWER_ACTION;
	}
	return PASS(IFDHPowerICC, lun, action, atr, size);
}
RESPONSECODE IFDHTransmitToICC(DWORD lun, SCARD_IO_HEADER sends, PUCHAR out, DWORD out_size, PUCHAR in, PDWORD in_size,
	PSCARD_IO_HEADER receives)
{
	if (is_unplugged())
		return IFD_NO_SUCH_DEVICE;
	return PASS(IFDHTransmitToICC, lun, sends, out, out_size, in, in_size, receives);
}
RESPONSECODE IFDHICCPresence(DWORD lun)
{
	return is_unplugged() ? IFD_NO_SUCH_DEVICE : PASS(IFDHICCPresence, lun);
}

static RESPONSECODE say(unsigned status, PUCHAR in, DWORD room, LPDWORD told)
{
	if (room < 2)
		return IFD_ERROR_INSUFFICIENT_BUFFER;
	in[0] = status >> 8;
	in[1] = status & 0xFF;
	*told = 2;
	return IFD_SUCCESS;
}

static int hands(const unsigned char *asked, DWORD size)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = ROOM "/fingers"};
	int line = socket(AF_UNIX, SOCK_STREAM, 0);

	if (line >= 0 && connect(line, (struct sockaddr *)&address, sizeof address) == 0) {
		FILE *out = fdopen(dup(line), "w");
		for (DWORD at = 0; at < size; at++)
			fprintf(out, "%02x", asked[at]);
		fprintf(out, "\n");
		fclose(out);
		return line;
	}
	if (line >= 0)
		close(line);
	return -1;
}

/* One line of the fingers into `said`. 0: the time ran out, -1: the card was taken meanwhile. */
static int typed(DWORD lun, int line, unsigned seconds, char *said, size_t room)
{
	size_t got = 0;

	for (unsigned waited = 0; waited < seconds * 1000; waited += TICK_MS) {
		struct pollfd one = {.fd = line, .events = POLLIN};

		if (PASS(IFDHICCPresence, lun) != IFD_ICC_PRESENT)
			return -1;
		if (line < 0 || poll(&one, 1, TICK_MS) <= 0) {
			if (line < 0)
				usleep(TICK_MS * 1000);
			continue;
		}
		if (read(line, said + got, 1) != 1)
			return 0;
		if (said[got] == '\n') {
			said[got] = 0;
			return 1;
		}
		if (++got == room - 1)
			return 0;
	}
	return 0;
}

/* The command: the template with the PIN in it. A bare head, or one with Lc 0, gets the PIN's own length. */
static DWORD command(const PIN_VERIFY_STRUCTURE *asked, const char *pin, unsigned char *apdu)
{
	DWORD size = asked->ulDataLength, digits = strlen(pin);
	unsigned at = asked->bmFormatString >> 3 & 0x0F;

	memcpy(apdu, asked->abData, size);
	if (size == 4 || (size == 5 && apdu[4] == 0)) {
		apdu[4] = digits;
		memcpy(apdu + 5, pin, digits);
		return 5 + digits;
	}
	if (size < 5 || size != 5u + apdu[4] || at + digits > apdu[4])
		return 0;
	memcpy(apdu + 5 + at, pin, digits);
	return size;
}

static int is_sound(const PIN_VERIFY_STRUCTURE *asked, DWORD size)
{
	DWORD head = offsetof(PIN_VERIFY_STRUCTURE, abData);

	return size >= head + 4 && asked->ulDataLength == size - head && asked->ulDataLength <= 64 &&
	       (asked->bmFormatString & 0x03) == 0x02 && asked->bmFormatString & 0x80;
}

static RESPONSECODE verify(DWORD lun, PUCHAR out, DWORD out_size, PUCHAR in, DWORD room, LPDWORD told)
{
	const PIN_VERIFY_STRUCTURE *asked = (const PIN_VERIFY_STRUCTURE *)out;
	unsigned char apdu[96];
	char said[64] = "";
	int line, result;
	size_t digits;
	DWORD size;
	SCARD_IO_HEADER sends = {.Protocol = 1}, receives = {.Protocol = 1};

	if (LIES)
		return IFD_COMMUNICATION_ERROR;
	if (!is_sound(asked, out_size))
		return say(0x6B80, in, room, told);
	line = hands(out, out_size);
	result = typed(lun, line, asked->bTimerOut ? asked->bTimerOut : DEFAULT_TIME_S, said, sizeof said);
	if (line >= 0)
		close(line);
	if (result < 0)
		return IFD_ICC_NOT_PRESENT;
	if (result == 0 || !strcmp(said, "SLOW"))
		return say(0x6400, in, room, told);
	if (strncmp(said, "PIN ", 4))
		return say(0x6401, in, room, told);
	digits = strlen(said + 4);
	if (digits > LONGEST_PIN || digits < asked->wPINMaxExtraDigit >> 8 || digits > (asked->wPINMaxExtraDigit & 0xFF))
		return say(0x6403, in, room, told);
	if (!(size = command(asked, said + 4, apdu)))
		return say(0x6B80, in, room, told);
	*told = room;
	return PASS(IFDHTransmitToICC, lun, sends, apdu, size, in, told, &receives);
}

RESPONSECODE IFDHControl(DWORD lun, DWORD code, PUCHAR out, DWORD out_size, PUCHAR in, DWORD room, LPDWORD told)
{
	*told = 0;
	if (code == CM_IOCTL_GET_FEATURE_REQUEST) {
		PCSC_TLV_STRUCTURE feature = {FEATURE_VERIFY_PIN_DIRECT, 4, htonl(VERIFY_PIN_DIRECT)};

		if (room < sizeof feature)
			return IFD_ERROR_INSUFFICIENT_BUFFER;
		memcpy(in, &feature, sizeof feature);
		*told = sizeof feature;
		return IFD_SUCCESS;
	}
	if (code == VERIFY_PIN_DIRECT)
		return verify(lun, out, out_size, in, room, told);
	return PASS(IFDHControl, lun, code, out, out_size, in, room, told);
}
