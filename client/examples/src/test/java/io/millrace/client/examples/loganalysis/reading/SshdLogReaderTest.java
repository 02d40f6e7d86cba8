package io.millrace.client.examples.loganalysis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.examples.loganalysis.event.LogEvent;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SshdLogReaderTest {
    private static final String HEADER = "Dec 10 06:55:46 host sshd[24200]: ";
    private static final long TIME = utc("2015-12-10T06:55:46");

    @ParameterizedTest
    @ValueSource(strings = {"password", "none", "publickey"})
    void failedMethodsAreFailedLogins(String method) {
        String message = "Failed " + method + " for root from 1.2.3.4 port 38926 ssh2";
        assertThat(events(HEADER + message)).containsExactly(event("root", "login_failed", "1.2.3.4"));
    }

    @Test
    void invalidUsersFailUnderTheNameTheyTried() {
        assertThat(events(HEADER + "Failed password for invalid user web from 1.2.3.4 port 38926 ssh2"))
                .containsExactly(event("web", "login_failed", "1.2.3.4"));
        assertThat(events(HEADER + "Failed none for invalid user  0101 from 1.2.3.4 port 38926 ssh2"))
                .containsExactly(event(" 0101", "login_failed", "1.2.3.4"));
    }

    @Test
    void acceptedMethodsAreSuccessfulLogins() {
        assertThat(events(HEADER + "Accepted password for fztu from 1.2.3.4 port 49116 ssh2"))
                .containsExactly(event("fztu", "login_success", "1.2.3.4"));
        assertThat(events(HEADER + "Accepted publickey for u from fe80::1 port 1 ssh2: RSA SHA256:AbC"))
                .containsExactly(event("u", "login_success", "fe80::1"));
        assertThat(events(HEADER + "Accepted keyboard-interactive/pam for u from 1.2.3.4 port 1 ssh2"))
                .containsExactly(event("u", "login_success", "1.2.3.4"));
    }

    @Test
    void theNewerSessionProcessOfSshdCountsAsSshd() {
        String line = "Dec 10 06:55:46 host sshd-session[7]: Accepted password for u from 1.2.3.4 port 1 ssh2";
        assertThat(events(line)).containsExactly(event("u", "login_success", "1.2.3.4"));
    }

    @Test
    void aUserNameThatLooksLikeAnAddressDoesNotHideTheAddress() {
        String name = "x from 9.9.9.9 port 5 ssh2";
        assertThat(events(HEADER + "Failed password for invalid user " + name + " from 1.2.3.4 port 38926 ssh2"))
                .containsExactly(event(name, "login_failed", "1.2.3.4"));
    }

    @ParameterizedTest
    @CsvSource({
        "su[5],su:session",
        "sudo,sudo:session",
        "CRON[7],cron:session",
        "systemd,systemd-user:session",
        "login[9],login:session"
    })
    void sessionsThatOtherProgramsOpenAreLogins(String tag, String service) {
        String prefix = "Dec 10 06:55:46 host " + tag + ": pam_unix(" + service + "): ";
        assertThat(events(prefix + "session opened for user root by ubuntu(uid=1000)"))
                .containsExactly(event("root", "login", ""));
        assertThat(events(prefix + "session opened for user root(uid=0) by (uid=0)"))
                .containsExactly(event("root", "login", ""));
        assertThat(events(prefix + "session closed for user root")).containsExactly(event("root", "logout", ""));
    }

    @Test
    void aSessionOfSshdIsOpenedByItsLoginButClosesLikeOthers() {
        String prefix = HEADER + "pam_unix(sshd:session): ";
        assertThat(ReadLines.of(reader(), prefix + "session opened for user u by (uid=0)").skipped)
                .isEqualTo(1);
        assertThat(events(prefix + "session closed for user u")).containsExactly(event("u", "logout", ""));
    }

    @Test
    void theOlderFormOfSessionsIsRead() {
        String line = "Dec 10 06:55:46 combo su(pam_unix)[21416]: session opened for user news by (uid=0)";
        assertThat(events(line)).containsExactly(event("news", "login", ""));
    }

    @Test
    void repeatedMessagesCountAsOftenAsTheySay() {
        String line = HEADER + "message repeated 5 times: [ Failed password for root from 1.2.3.4 port 56338 ssh2]";
        assertThat(events(line)).hasSize(5).containsOnly(event("root", "login_failed", "1.2.3.4"));
        assertThat(ReadLines.of(reader(), HEADER + "message repeated 2 times: [ Connection closed by 1.2.3.4]").skipped)
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "100001", "99999999999", "-3", "x", ""})
    void repetitionsThatNoLogWritesAreRejected(String times) {
        String line = HEADER + "message repeated " + times
                + " times: [ Failed password for root from 1.2.3.4 port 56338 ssh2]";
        assertThat(ReadLines.of(reader(), line).codes).containsExactly(RejectionCode.LOG_REPEAT_RANGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "no syslog at all",
                "Dec 10 06:55:46 host last message repeated 3 times",
                "Xxx 10 06:55:46 host sshd[1]: Failed password for root from 1.2.3.4 port 5 ssh2",
                "Dec 10 06:55:46 host sshd[24200]: Invalid user web from 1.2.3.4",
                "Dec 10 06:55:46 host sshd[24200]: Failed password for invalid user  from 1.2.3.4 port 5 ssh2",
                "Dec 10 06:55:46 host sshd[24200]: Failed hostbased for root from 1.2.3.4 port 5 ssh2",
                "Dec 10 06:55:46 host sshd[24200]: Failed password for root",
                "Dec 10 06:55:46 host sshd[24200]: Close session: user u from 1.2.3.4 port 5 id 0",
                "Dec 10 06:55:46 host nginx[1]: Failed password for root from 1.2.3.4 port 5 ssh2",
                "Dec 10 06:55:46 host sudo:   u : TTY=pts/0 ; COMMAND=/bin/echo session opened for user root",
                "Dec 10 06:55:46 host sudo:   u : COMMAND=pam_unix(sudo:session): session closed for user root",
                "Dec 10 06:55:46 host systemd-logind[1118]: New session 5 of user ubuntu.",
                "Dec 10 06:55:46 host su[1]: pam_systemd(su:session): Cannot create session: Already running"
            })
    void otherLinesAreSkippedAndCounted(String line) {
        ReadLines read = ReadLines.of(reader(), line);
        assertThat(read.skipped).isEqualTo(1);
        assertThat(read.answers()).isEqualTo(1);
    }

    @Test
    void carriageReturnsAtTheEndDoNoHarm() {
        assertThat(events("Dec 10 06:55:46 h su: pam_unix(su:session): session closed for user root\r"))
                .containsExactly(event("root", "logout", ""));
    }

    @Test
    void theDayMayBePaddedWithABlankOrAZero() {
        assertThat(times(2015, "Apr  6 00:00:01", "Apr 06 00:00:02"))
                .containsExactly(utc("2015-04-06T00:00:01"), utc("2015-04-06T00:00:02"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Feb 29 00:00:00", "Apr 31 00:00:00", "Apr  0 00:00:00", "Apr  1 24:00:00", "Apr  1 00:60:00"})
    void datesThatDoNotExistAreRejected(String date) {
        assertThat(ReadLines.of(reader(), logout(date)).codes).containsExactly(RejectionCode.LOG_DATE_INVALID);
    }

    @Test
    void februaryHas29DaysInALeapYear() {
        assertThat(times(2016, "Feb 29 12:00:00")).containsExactly(utc("2016-02-29T12:00:00"));
        assertThat(times(2015, "Dec 31 12:00:00", "Feb 29 12:00:00"))
                .containsExactly(utc("2015-12-31T12:00:00"), utc("2016-02-29T12:00:00"));
    }

    @Test
    void januaryAfterDecemberIsInTheNextYear() {
        assertThat(times(
                        2015,
                        "Dec 31 23:59:59",
                        "Jan  1 00:00:00",
                        "Mar  1 00:00:00",
                        "Dec  1 00:00:00",
                        "Jan  2 00:00:00"))
                .containsExactly(
                        utc("2015-12-31T23:59:59"),
                        utc("2016-01-01T00:00:00"),
                        utc("2016-03-01T00:00:00"),
                        utc("2016-12-01T00:00:00"),
                        utc("2017-01-02T00:00:00"));
    }

    @Test
    void disorderAroundNewYearDoesNotCountTheYearTwice() {
        assertThat(times(2015, "Dec 31 23:59:59", "Jan  1 00:00:01", "Dec 31 23:59:58", "Jan  1 00:00:02"))
                .containsExactly(
                        utc("2015-12-31T23:59:59"),
                        utc("2016-01-01T00:00:01"),
                        utc("2015-12-31T23:59:58"),
                        utc("2016-01-01T00:00:02"));
    }

    @Test
    void aStepBackWithinAYearStaysInTheYear() {
        assertThat(times(2015, "Apr  2 00:00:00", "Mar 30 00:00:00", "Jan  1 00:00:00", "Dec 30 00:00:00"))
                .containsExactly(
                        utc("2015-04-02T00:00:00"),
                        utc("2015-03-30T00:00:00"),
                        utc("2015-01-01T00:00:00"),
                        utc("2015-12-30T00:00:00"));
    }

    @Test
    void skippedLinesMoveTheYearToo() {
        String other = "Dec 31 10:00:00 h kernel: hello";
        ReadLines read = ReadLines.of(new SshdLogReader(2015), other, logout("Jan  1 00:00:00"));
        assertThat(read.events).singleElement().extracting(LogEvent::timestamp).isEqualTo(utc("2016-01-01T00:00:00"));
    }

    @Test
    void linesOverTheLimitAreRejected() {
        String line = HEADER + "x".repeat(LineLimits.MAX_LINE_BYTES);
        assertThat(ReadLines.of(reader(), line).codes).containsExactly(RejectionCode.LOG_TOO_LONG);
    }

    private static SshdLogReader reader() {
        return new SshdLogReader(2015);
    }

    private static List<LogEvent> events(String line) {
        return ReadLines.of(reader(), line).events;
    }

    private static List<Long> times(int year, String... dates) {
        ReadLines read = new ReadLines();
        SshdLogReader reader = new SshdLogReader(year);
        for (String date : dates) {
            reader.read(logout(date), read);
        }
        assertThat(read.answers()).isEqualTo(read.events.size());
        return read.events.stream().map(LogEvent::timestamp).toList();
    }

    private static String logout(String date) {
        return date + " h su: pam_unix(su:session): session closed for user root";
    }

    private static LogEvent event(String user, String action, String address) {
        return new LogEvent(user, "", action, TIME, address, "", "{}");
    }

    private static long utc(String time) {
        return LocalDateTime.parse(time).toEpochSecond(ZoneOffset.UTC);
    }
}
