"""A catalogue as a real server writes it on its odd days; our own words, its shape and quirks."""

from __future__ import annotations

DAYS = """
                        
                        Monday
                        
                        Wednesday
                        
                        
                        
                    """  # noqa: W293 - the white space is the quirk


def _people(*names: str) -> str:
    return "".join(
        f"<instructor><name>{name}, X.</name><firstName>Xenia</firstName><middleName></middleName>"
        f"<lastName>{name}</lastName><sunet></sunet><role>{'PI' if i == 0 else 'TA'}</role>"
        "</instructor>"
        for i, name in enumerate(names)
    )


def _section(class_id: int, cap: int, component: str = "LEC", times: bool = True) -> str:
    start, end = ("2:45:00 PM", "3:45:00 PM") if times else ("", "")
    return f"""

            <section>
                <classId>{class_id}</classId>
                <term>2021-2022 Winter</term>
                <termId>1224</termId>
                <subject>GAME</subject>
                <code>4</code>
                <units>3-5</units>
                <sectionNumber>0{class_id % 10}</sectionNumber>
                <component>{component}</component>
                <numEnrolled>94</numEnrolled>
                <maxEnrolled>{cap}</maxEnrolled>
                <numWaitlist>0</numWaitlist>
                <maxWaitlist>0</maxWaitlist>
                <enrollStatus>Open</enrollStatus>
                <addConsent>N</addConsent>
                <dropConsent>N</dropConsent>
                <courseId>311001</courseId>
                <schedules>

                    <schedule>
                        <startDate>Jan 3, 2022</startDate>
                        <endDate>Mar 11, 2022</endDate>
                        <startTime>{start}</startTime>
                        <endTime>{end}</endTime>
                        <location></location>
                        <days>{DAYS}</days>
                        <instructors>{_people("Ada", "Bo")}</instructors>
                    </schedule>

                </schedules>
                <currentClassSize>94</currentClassSize>
                <maxClassSize>{cap}</maxClassSize>
                <currentWaitlistSize>0</currentWaitlistSize>
                <maxWaitlistSize>0</maxWaitlistSize>
                <notes></notes>
                <attributes>


                </attributes>
            </section>"""


def _course(subject: str, code: str, offer: int, sections: str, units_min: str = "3") -> str:
    return f"""
    <course>
        <year>2021-2022</year>
        <subject>{subject}</subject>
        <code>{code}</code>
        <title>Playing Fair (GAME 4, LUDO 14)</title>
        <description>Games &amp;quot;for two&amp;quot;.  Prerequisites: GAME 1 or 2;
        and an even temper.</description>
        <gers></gers>
        <repeatable>false</repeatable>
        <grading>Letter or Credit/No Credit</grading>
        <unitsMin>{units_min}</unitsMin>
        <unitsMax>5</unitsMax>
        <learningObjectives>

        </learningObjectives>
        <sections>{sections}</sections>
        <administrativeInformation>
            <courseId>311001</courseId>
            <effectiveStatus>A</effectiveStatus>
            <offerNumber>{offer}</offerNumber>
            <academicGroup>HS</academicGroup>
            <academicOrganization>LUDOLOGY</academicOrganization>
            <academicCareer>UG</academicCareer>
            <finalExamFlag>L</finalExamFlag>
            <catalogPrint>Y</catalogPrint>
            <schedulePrint>Y</schedulePrint>
            <maxUnitsRepeat>5</maxUnitsRepeat>
            <maxTimesRepeat>1</maxTimesRepeat>
        </administrativeInformation>
        <attributes></attributes>
        <tags><tag><organization>WIM</organization><name></name></tag></tags>
    </course>"""


def catalogue() -> bytes:
    """Two listings of one course with endless caps and a class without times, and a broken one."""
    sections = _section(7001, 9999) + _section(7002, 999, "DIS") + _section(7003, 0, "SEM", False)
    courses = (
        _course("LUDO", "14", 2, sections),
        _course("GAME", "4", 1, sections),
        _course("GAME", "9", 1, "", units_min="some"),
    )
    head = "<xml><deprecated>true</deprecated><latestVersion>20200810</latestVersion>"
    return f"{head}<courses>{''.join(courses)}</courses></xml>".encode()
