import * as vscode from 'vscode';
import type { NetworkSettings } from '../../protocol/models.ts';

/** The editor's `http.*` settings; `http.proxy` may also be set for the whole machine only. */
export function networkSettings(): NetworkSettings {
  const http = vscode.workspace.getConfiguration('http');
  return {
    proxy: http.get('proxy', ''),
    noProxy: http.get<readonly string[]>('noProxy', []),
    proxySupport: http.get<string>('proxySupport') !== 'off',
    strictSsl: http.get('proxyStrictSSL', true),
    systemCertificates: http.get('systemCertificates', true),
  };
}
