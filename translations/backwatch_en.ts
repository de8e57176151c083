<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>ExchangeDifference</name>
    <message numerus="yes">
        <source>%Ln byte(s)</source>
        <translation>
            <numerusform>%Ln byte</numerusform>
            <numerusform>%Ln bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fingerprints</name>
    <message numerus="yes">
        <source>Age: the answer has been in a cache for %n second(s).</source>
        <translation>
            <numerusform>Age: the answer has been in a cache for %n second.</numerusform>
            <numerusform>Age: the answer has been in a cache for %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryWords</name>
    <message numerus="yes">
        <source>%1: %n day(s) will be deleted, %2 to %3, about %4.</source>
        <translation>
            <numerusform>%1: %n day will be deleted, %2 to %3, about %4.</numerusform>
            <numerusform>%1: %n days will be deleted, %2 to %3, about %4.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MonitorsFile</name>
    <message numerus="yes">
        <source>The name is longer than %n character(s). Shorten it.</source>
        <translation>
            <numerusform>The name is longer than %n character. Shorten it.</numerusform>
            <numerusform>The name is longer than %n characters. Shorten it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The file names more than %n monitor(s). Split it into several.</source>
        <translation>
            <numerusform>The file names more than %n monitor. Split it into several.</numerusform>
            <numerusform>The file names more than %n monitors. Split it into several.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more problem(s) follow; mend these first.</source>
        <translation>
            <numerusform>%n more problem follows; mend these first.</numerusform>
            <numerusform>%n more problems follow; mend these first.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The values are nested more than %n level(s) deep, which no monitors file needs. Check the brackets and the indentation.</source>
        <translation>
            <numerusform>The values are nested more than %n level deep, which no monitors file needs. Check the brackets and the indentation.</numerusform>
            <numerusform>The values are nested more than %n levels deep, which no monitors file needs. Check the brackets and the indentation.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The name of a secret is one line of up to %n character(s).</source>
        <translation>
            <numerusform>The name of a secret is one line of up to %n character.</numerusform>
            <numerusform>The name of a secret is one line of up to %n characters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UptimeKumaImport</name>
    <message numerus="yes">
        <source>a maintenance every %n day(s) cannot be written here.</source>
        <translation>
            <numerusform>a maintenance every %n day cannot be written here.</numerusform>
            <numerusform>a maintenance every %n days cannot be written here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Wall</name>
    <message numerus="yes">
        <source>%n of %1 in trouble</source>
        <translation>
            <numerusform>%n of %1 in trouble</numerusform>
            <numerusform>%n of %1 in trouble</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n are well</source>
        <translation>
            <numerusform>The only one is well</numerusform>
            <numerusform>All %n are well</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of %1 are well</source>
        <translation>
            <numerusform>%n of %1 is well</numerusform>
            <numerusform>%n of %1 are well</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unreachable because of that</source>
        <translation>
            <numerusform>%n unreachable because of that</numerusform>
            <numerusform>%n unreachable because of that</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in maintenance</source>
        <translation>
            <numerusform>%n in maintenance</numerusform>
            <numerusform>%n in maintenance</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not observed</source>
        <translation>
            <numerusform>%n not observed</numerusform>
            <numerusform>%n not observed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n paused</source>
        <translation>
            <numerusform>%n paused</numerusform>
            <numerusform>%n paused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n being asked</source>
        <translation>
            <numerusform>%n being asked</numerusform>
            <numerusform>%n being asked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WallTile</name>
    <message numerus="yes">
        <source>%n unreachable because of it: %1</source>
        <translation>
            <numerusform>%n unreachable because of it: %1</numerusform>
            <numerusform>%n unreachable because of it: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>backwatch::CausesView</name>
    <message numerus="yes">
        <source>Show %n cause(s) that are less likely</source>
        <translation>
            <numerusform>Show %n cause that is less likely</numerusform>
            <numerusform>Show %n causes that are less likely</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>backwatch::EvidenceView</name>
    <message numerus="yes">
        <source>%n day(s) left when it was seen</source>
        <translation>
            <numerusform>%n day left when it was seen</numerusform>
            <numerusform>%n days left when it was seen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>expired %n day(s) before it was seen</source>
        <translation>
            <numerusform>expired %n day before it was seen</numerusform>
            <numerusform>expired %n days before it was seen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Body, %Ln byte(s)</source>
        <translation>
            <numerusform>Body, %Ln byte</numerusform>
            <numerusform>Body, %Ln bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>backwatch::FastCgiConversation</name>
    <message numerus="yes">
        <source>All workers of the pool %1 are busy, and %n request(s) wait.</source>
        <translation>
            <numerusform>All workers of the pool %1 are busy, and %n request waits.</numerusform>
            <numerusform>All workers of the pool %1 are busy, and %n requests wait.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>backwatch::GroupSample</name>
    <message numerus="yes">
        <source>All of %n member(s) work.</source>
        <translation>
            <numerusform>The one member works.</numerusform>
            <numerusform>All of %n members work.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>backwatch::HistoryCheck</name>
    <message numerus="yes">
        <source>load %1 (kept %n day(s))</source>
        <translation>
            <numerusform>load %1 (kept %n day)</numerusform>
            <numerusform>load %1 (kept %n days)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>samples of finished days %1 (kept %n day(s))</source>
        <translation>
            <numerusform>samples of finished days %1 (kept %n day)</numerusform>
            <numerusform>samples of finished days %1 (kept %n days)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>evidence %1 (kept %n day(s))</source>
        <translation>
            <numerusform>evidence %1 (kept %n day)</numerusform>
            <numerusform>evidence %1 (kept %n days)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>backwatch::HistoryText</name>
    <message numerus="yes">
        <source>%n sample(s) had to be given up.</source>
        <translation>
            <numerusform>%n sample had to be given up.</numerusform>
            <numerusform>%n samples had to be given up.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A history has to be kept for %n day(s) at least.</source>
        <translation>
            <numerusform>A history has to be kept for %n day at least.</numerusform>
            <numerusform>A history has to be kept for %n days at least.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>backwatch::HttpContent</name>
    <message numerus="yes">
        <source>%1, but the answer is %Ln byte(s) long; expected at least %2.</source>
        <translation>
            <numerusform>%1, but the answer is %Ln byte long; expected at least %2.</numerusform>
            <numerusform>%1, but the answer is %Ln bytes long; expected at least %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, but the answer is %Ln byte(s) long; expected at most %2.</source>
        <translation>
            <numerusform>%1, but the answer is %Ln byte long; expected at most %2.</numerusform>
            <numerusform>%1, but the answer is %Ln bytes long; expected at most %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, but the text “%2” is not in the answer (%Ln byte(s)).</source>
        <translation>
            <numerusform>%1, but the text “%2” is not in the answer (%Ln byte).</numerusform>
            <numerusform>%1, but the text “%2” is not in the answer (%Ln bytes).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, but nothing in the answer matches “%2” (%Ln byte(s)).</source>
        <translation>
            <numerusform>%1, but nothing in the answer matches “%2” (%Ln byte).</numerusform>
            <numerusform>%1, but nothing in the answer matches “%2” (%Ln bytes).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>backwatch::HttpOutcome</name>
    <message numerus="yes">
        <source>%1, but the certificate of %2 expires in %n day(s), on %3.</source>
        <translation>
            <numerusform>%1, but the certificate of %2 expires in %n day, on %3.</numerusform>
            <numerusform>%1, but the certificate of %2 expires in %n days, on %3.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The answer of %1 began, but did not end within %2; %Ln byte(s) of its body came.</source>
        <translation>
            <numerusform>The answer of %1 began, but did not end within %2; %Ln byte of its body came.</numerusform>
            <numerusform>The answer of %1 began, but did not end within %2; %Ln bytes of its body came.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 closed the connection before its answer was complete; %Ln byte(s) of the body came.</source>
        <translation>
            <numerusform>%1 closed the connection before its answer was complete; %Ln byte of the body came.</numerusform>
            <numerusform>%1 closed the connection before its answer was complete; %Ln bytes of the body came.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>backwatch::HttpRun</name>
    <message numerus="yes">
        <source>More than %n redirect(s), the last one to %1.</source>
        <translation>
            <numerusform>More than %n redirect, the last one to %1.</numerusform>
            <numerusform>More than %n redirects, the last one to %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>backwatch::JsonContent</name>
    <message numerus="yes">
        <source>a list of %n value(s)</source>
        <translation>
            <numerusform>a list of %n value</numerusform>
            <numerusform>a list of %n values</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>an object of %n value(s)</source>
        <translation>
            <numerusform>an object of %n value</numerusform>
            <numerusform>an object of %n values</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The answer is longer than the %n kilobyte(s) of JSON that are read.</source>
        <translation>
            <numerusform>The answer is longer than the one kilobyte of JSON that is read.</numerusform>
            <numerusform>The answer is longer than the %n kilobytes of JSON that are read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>backwatch::LatencyChart</name>
    <message numerus="yes">
        <source>%n gap(s)</source>
        <translation>
            <numerusform>%n gap</numerusform>
            <numerusform>%n gaps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>backwatch::Load</name>
    <message numerus="yes">
        <source>%1, %n request(s) wait (%2).</source>
        <translation>
            <numerusform>%1, %n request waits (%2).</numerusform>
            <numerusform>%1, %n requests wait (%2).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>HAProxy: %n request(s) wait for a server</source>
        <translation>
            <numerusform>HAProxy: %n request waits for a server</numerusform>
            <numerusform>HAProxy: %n requests wait for a server</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>More than %n line(s) came, which no status page has. Check the address of this load source.</source>
        <translation>
            <numerusform>More than %n line came, which no status page has. Check the address of this load source.</numerusform>
            <numerusform>More than %n lines came, which no status page has. Check the address of this load source.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The machine %1: load average %2 on %n CPU(s) (%3).</source>
        <translation>
            <numerusform>The machine %1: load average %2 on %n CPU (%3).</numerusform>
            <numerusform>The machine %1: load average %2 on %n CPUs (%3).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>nginx: %n connection(s) dropped just before, which a limit such as worker_connections had no room for (%1).</source>
        <translation>
            <numerusform>nginx: %n connection dropped just before, which a limit such as worker_connections had no room for (%1).</numerusform>
            <numerusform>nginx: %n connections dropped just before, which a limit such as worker_connections had no room for (%1).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>PHP-FPM: %1 of %n worker(s) busy</source>
        <translation>
            <numerusform>PHP-FPM: %1 of %n worker busy</numerusform>
            <numerusform>PHP-FPM: %1 of %n workers busy</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Apache: %n worker(s) busy, %1 idle (%2).</source>
        <translation>
            <numerusform>Apache: %n worker busy, %1 idle (%2).</numerusform>
            <numerusform>Apache: %n workers busy, %1 idle (%2).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Apache: %1 of %n worker(s) busy, none idle (%2).</source>
        <translation>
            <numerusform>Apache: %1 of %n worker busy, none idle (%2).</numerusform>
            <numerusform>Apache: %1 of %n workers busy, none idle (%2).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Apache: %n worker(s) busy, none idle (%1).</source>
        <translation>
            <numerusform>Apache: %n worker busy, none idle (%1).</numerusform>
            <numerusform>Apache: %n workers busy, none idle (%1).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 has %2 of %n session(s)</source>
        <translation>
            <numerusform>%1 has %2 of %n session</numerusform>
            <numerusform>%1 has %2 of %n sessions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>backwatch::Ping</name>
    <message numerus="yes">
        <source>%1 answered none of %n ping(s) within %2; a firewall may keep pings away.</source>
        <translation>
            <numerusform>%1 answered no ping within %2; a firewall may keep pings away.</numerusform>
            <numerusform>%1 answered none of %n pings within %2; a firewall may keep pings away.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ping(s) of %1 to %2 were lost.</source>
        <translation>
            <numerusform>%n ping of %1 to %2 was lost.</numerusform>
            <numerusform>%n pings of %1 to %2 were lost.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 answered %n ping(s), after %2 as a rule.</source>
        <translation>
            <numerusform>%1 answered %n ping after %2.</numerusform>
            <numerusform>%1 answered %n pings, after %2 as a rule.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>backwatch::Questioner</name>
    <message numerus="yes">
        <source>Not asked: the target wants to be left alone for %n more second(s) (Retry-After).</source>
        <translation>
            <numerusform>Not asked: the target wants to be left alone for %n more second (Retry-After).</numerusform>
            <numerusform>Not asked: the target wants to be left alone for %n more seconds (Retry-After).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>backwatch::RetentionCommand</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>backwatch::SecretStore</name>
    <message numerus="yes">
        <source>The name of a secret has 1 to %n character(s); choose another one.</source>
        <translation>
            <numerusform>The name of a secret has 1 to %n character; choose another one.</numerusform>
            <numerusform>The name of a secret has 1 to %n characters; choose another one.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The value of the secret is longer than %n byte(s); that is no password.</source>
        <translation>
            <numerusform>The value of the secret is longer than %n byte; that is no password.</numerusform>
            <numerusform>The value of the secret is longer than %n bytes; that is no password.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>backwatch::SelfCheck</name>
    <message numerus="yes">
        <source>%n certificate authority(ies) trusted.</source>
        <translation>
            <numerusform>%n certificate authority trusted.</numerusform>
            <numerusform>%n certificate authorities trusted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>backwatch::StateStrip</name>
    <message numerus="yes">
        <source>%n incident(s)</source>
        <translation>
            <numerusform>%n incident</numerusform>
            <numerusform>%n incidents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>backwatch::StreamRun</name>
    <message numerus="yes">
        <source>The certificate of %1 expires in %n day(s), on %2.</source>
        <translation>
            <numerusform>The certificate of %1 expires in %n day, on %2.</numerusform>
            <numerusform>The certificate of %1 expires in %n days, on %2.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>backwatch::TierRow</name>
    <message numerus="yes">
        <source>day(s)</source>
        <comment>behind the number in a field</comment>
        <translation>
            <numerusform>day</numerusform>
            <numerusform>days</numerusform>
        </translation>
    </message>
</context>
</TS>
