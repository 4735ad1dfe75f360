"""`redirects`: prints the redirects of site.yaml as configuration for a web server."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.common import content_option, translator, user_errors


def add(group: click.Group, lang: str) -> None:
    t = translator(lang)

    @group.command(
        short_help=t("把 site.yaml 的 redirects 写成网站服务器的配置。", "Print the redirects for a web server."),
        help=t(
            "把 site.yaml 的 redirects 写成网站服务器的配置（生成的栏目里另有跳转页，不配置也能用）："
            "nginx 的放在 server 里，IIS 的放进栏目的 web.config。",
            "Print the redirects of site.yaml for a web server (the built section also has pages that lead on): for "
            "nginx to stand in its server, for IIS in the web.config of the section.",
        ),
    )
    @click.option("--server", type=click.Choice(["nginx", "iis"]), default="nginx", show_default=True)
    @content_option(t)
    def redirects(server: str, content: Path) -> None:
        from generator.collection.site_files import read_site
        from generator.website.redirects import iis, nginx

        with user_errors(lang):
            settings, _ = read_site(content)
        write = nginx if server == "nginx" else iis
        click.echo(write(settings.redirects, settings.base_url), nl=False)
