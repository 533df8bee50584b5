var e=class extends Error{constructor(e){super(e),this.code=e}},t={facingMode:`user`,width:{ideal:640},frameRate:{ideal:15,max:30}},n=.8,r=8e3,i={NotAllowedError:`camera-refused`,PermissionDeniedError:`camera-refused`,SecurityError:`camera-refused`,NotFoundError:`camera-none`,DevicesNotFoundError:`camera-none`,OverconstrainedError:`camera-none`,NotReadableError:`camera-busy`,TrackStartError:`camera-busy`,AbortError:`camera-busy`};function a(t){return t instanceof e?t.code:i[typeof t==`object`&&t&&`name`in t?String(t.name):``]??`camera-busy`}async function o(t,n){if(!window.isSecureContext)throw new e(`insecure`);if(!navigator.mediaDevices?.getUserMedia)throw new e(`camera-unsupported`);let r;try{r=await navigator.mediaDevices.getUserMedia({video:t,audio:!1})}catch(t){throw new e(a(t))}for(let e of r.getTracks())e.addEventListener(`ended`,n);return{stream:r,close:()=>{for(let e of r.getTracks())e.removeEventListener(`ended`,n),e.stop()}}}async function s(t,n){t.srcObject=n,t.muted=!0,await t.play().catch(()=>void 0);let i=performance.now()+r;for(;t.readyState<HTMLMediaElement.HAVE_CURRENT_DATA||t.videoWidth===0;){if(performance.now()>i)throw new e(`camera-silent`);await new Promise(e=>setTimeout(e,50))}}function c(e,t){let n=!0;if(`requestVideoFrameCallback`in e){let r=()=>{n&&(e.requestVideoFrameCallback(r),t())};return e.requestVideoFrameCallback(r),()=>void(n=!1)}let r=e,i=-1,a=window.setInterval(()=>{r.currentTime!==i&&t(),i=r.currentTime},15);return()=>window.clearInterval(a)}function l(e,t=640){let n=Math.min(1,t/Math.max(e.width,e.height));return{width:Math.round(e.width*n),height:Math.round(e.height*n)}}function u(e,t){let n=Math.min(e.width/t.width,e.height/t.height),[r,i]=[t.width*n,t.height*n];return[(e.width-r)/2,(e.height-i)/2,r,i]}var d=class{#e=document.createElement(`canvas`);#t=!1;grab(e){let t={width:e.videoWidth,height:e.videoHeight};if(t.width===0||t.height===0)return Promise.resolve(null);this.#t||=(Object.assign(this.#e,l(t)),!0);let{width:r,height:i}=this.#e,a=this.#e.getContext(`2d`,{alpha:!1});return a===null?Promise.resolve(null):(a.drawImage(e,...u(t,this.#e),0,0,r,i),new Promise(e=>this.#e.toBlob(e,`image/jpeg`,n)))}},f={Normal:1e3,Restart:1012,BadMessage:4400,Token:4401,Origin:4403,Silence:4408,TooLarge:4413,TooMany:4429},ee=e=>JSON.stringify({type:`hello`,version:1,token:e}),te=JSON.stringify({type:`stop`});function ne(e,t){let n=new Uint8Array(8),r=new DataView(n.buffer);return r.setUint32(0,e),r.setUint32(4,Math.max(0,Math.round(t))),n}var re={ready:{attempt:`number`,of:`number`,line:`string`,actions:`number`,seconds:`number`},wait:{seconds:`number`},seen:{frame:`number`,guidance:`text?`,action:`text?`,step:`number`,of:`number`,done:`number`},dropped:{frame:`number`},judging:{},done:{state:`string`,reasons:`reasons`,attempts_left:`number`,folio:`string`},error:{code:`string`,text:`string`,again:`boolean`}};function ie(e){let t;try{t=JSON.parse(String(e))}catch{return null}if(typeof t!=`object`||!t||!(`type`in t))return null;let n=Object.hasOwn(re,String(t.type))?re[t.type]:void 0;if(n===void 0)return null;let r=t;return Object.entries(n).every(([e,t])=>ae(r[e],t))?t:null}function ae(e,t){return t===`text?`?e===null||typeof e==`string`:t===`reasons`?Array.isArray(e)&&e.every(e=>typeof e?.code==`string`):typeof e===t&&(t!==`number`||Number.isFinite(e))}var p={phase:`idle`,token:null,claimed:!1,replaced:!1,tries:0,stopping:!1,ready:null,seen:null,trouble:null,done:null,heard:0,slow:!1},oe=[400,1500,3e3,6e3,1e4],se=2500,ce=3e3,m=[{do:`disconnect`},{do:`close-camera`}];function le(e,t){switch(t.type){case`start`:return e.phase!==`idle`&&e.phase!==`done`?[e,[]]:g({...p,token:t.token},`camera`,t.at,[{do:`open-camera`}]);case`camera-open`:return e.phase===`camera`?_(e,t.at):[e,[{do:`close-camera`}]];case`camera-failed`:return ue(e)?y(e,{code:t.code,text:null,again:!0},t.at):[e,[]];case`message`:return fe(e,t.message,t.at);case`closed`:return _e(e,t.code,t.at);case`token`:return h(e)?_({...e,token:t.token,claimed:!1},t.at):[e,[]];case`token-failed`:return h(e)?t.again?v(e,t.at):y(e,{...t,again:!1},t.at):[e,[]];case`over`:return h(e)?b(e,t.at):[e,[]];case`renew`:return e.phase===`renewing`?_(e,t.at):[e,[]];case`tick`:return ve(e,t.at);case`hidden`:return e.phase!==`running`||e.stopping?[e,[]]:y(e,{code:`hidden`,text:null,again:!0},t.at);case`retry`:return e.phase===`trouble`?g({...e,trouble:null,tries:0,replaced:!1,seen:null},`camera`,t.at,[{do:`open-camera`}]):[e,[]];case`stop`:return ye(e,t.at);case`leave`:return e.phase===`idle`?[e,[]]:[{...p},[...m,{do:`emit`,name:`capture-left`,detail:de(e)}]]}}var ue=e=>![`idle`,`judging`,`trouble`,`done`].includes(e.phase),h=e=>(e.phase===`renewing`||e.phase===`connecting`)&&(e.token===null||e.claimed),de=e=>({code:e.trouble?.code??null});function g(e,t,n,r=[]){return[{...e,phase:t,heard:n,slow:!1},r]}function _(e,t){return e.token===null||e.claimed?g(e,e.ready===null?`connecting`:`renewing`,t,[{do:`ask-token`}]):g(e,`connecting`,t,[{do:`connect`,token:e.token}])}function v(e,t,n=oe[e.tries]){return n===void 0||e.tries>=oe.length?y(e,{code:`lost`,text:null,again:!0},t):g({...e,tries:e.tries+1,seen:null},`renewing`,t,[{do:`disconnect`},{do:`renew-in`,milliseconds:n}])}function y(e,t,n){let{code:r,text:i,again:a}=t,[o]=g({...e,trouble:{code:r,text:i,again:a},stopping:!1},`trouble`,n);return[o,[...m,{do:`emit`,name:`capture-error`,detail:{code:r,again:a}}]]}function b(e,t){let n={state:null,reasons:[],attemptsLeft:null,folio:null};return g(e,`done`,t,[...m,{do:`emit`,name:`capture-done`,detail:n}])}function fe(e,t,n){if(!ue(e)&&e.phase!==`judging`)return[e,[]];let r={...e,heard:n,slow:!1};switch(t.type){case`ready`:return g({...r,claimed:!0,tries:0,replaced:!1,ready:t,seen:null},`running`,n,[{do:`emit`,name:`capture-ready`,detail:{attempt:t.attempt,of:t.of,line:t.line}}]);case`wait`:return g(r,`waiting`,n);case`seen`:return pe(r,t);case`dropped`:return[r,[]];case`judging`:return g(r,`judging`,n,[{do:`close-camera`}]);case`done`:return me(r,t,n);case`error`:return t.code===`token-invalid`&&!e.replaced?he(r,n):y(r,t,n)}}function pe(e,t){let n=e.seen,r=n?.step===t.step&&n.action===t.action&&n.guidance===t.guidance,i={step:t.step,of:t.of,action:t.action,guidance:t.guidance};return[{...e,seen:t},r?[]:[{do:`emit`,name:`capture-progress`,detail:i}]]}function me(e,t,n){let r={state:t.state,reasons:t.reasons,attemptsLeft:t.attempts_left,folio:t.folio};return g({...e,done:t},`done`,n,[...m,{do:`emit`,name:`capture-done`,detail:r}])}function he(e,t){return g({...e,token:null,claimed:!1,replaced:!0},`renewing`,t,[{do:`disconnect`},{do:`ask-token`}])}var ge={[f.BadMessage]:{code:`capture-failed`,text:null,again:!0},[f.Origin]:{code:`origin`,text:null,again:!1},[f.Silence]:{code:`silence`,text:null,again:!0},[f.TooLarge]:{code:`frame-too-large`,text:null,again:!0},[f.TooMany]:{code:`busy`,text:null,again:!0}};function _e(e,t,n){if(e.phase===`judging`)return b(e,n);if(![`connecting`,`waiting`,`running`].includes(e.phase))return[e,[]];if(t===f.Token&&!e.replaced)return he(e,n);if(t===f.Token)return y(e,{code:`token-invalid`,text:null,again:!1},n);let r=ge[t];return r===void 0?e.stopping?b(e,n):t===f.Restart?v(e,n,se):v(e,n):y(e,r,n)}function ve(e,t){let n=t-e.heard;if(e.phase===`judging`)return n>3e4?b(e,t):[e,[]];if(![`connecting`,`waiting`,`running`].includes(e.phase))return[e,[]];if(n>11e3)return e.stopping?b(e,t):v(e,t);let r=n>ce;return r===e.slow?[e,[]]:[{...e,slow:r},[]]}function ye(e,t){return e.phase===`running`?g({...e,stopping:!0},`running`,t,[{do:`send-stop`},{do:`close-camera`}]):e.phase===`judging`?[e,[]]:le(e,{type:`leave`,at:t})}var be=1e3/15,xe=class{#e=new Set;#t=0;#n=-1/0;get unanswered(){return this.#e.size}take(e){if(this.#e.size>=2||e<this.#n-8)return null;let t=this.#t++;return this.#n=Math.max(this.#n+be,e+be/2),this.#e.add(t),t}answered(e){this.#e.delete(e)}untaken(e){this.#e.delete(e),e===this.#t-1&&(this.#t=e)}},x=class extends Error{constructor(e,t=null,n=!1){super(e),this.code=e,this.text=t,this.again=n}},S=class extends Error{},Se=500,Ce=class{#e;#t;#n;#r;#i;#a;#o;#s;#c;constructor(e){this.ports=e,this.model=p,this.#e=null,this.#t=0,this.#n=null,this.#r=new xe,this.#i=null,this.#a=0,this.#o=()=>{},this.#s=0,this.#c=0}tell(e){let t=this.model,[n,r]=le(t,{...e,at:this.ports.now()});this.model=n,n.phase===`running`&&t.phase!==`running`&&this.#g(),(n.phase!==`running`||n.stopping)&&this.#o(),this.#v(n.phase!==`idle`&&n.phase!==`done`&&n.phase!==`trouble`);for(let e of r)this.#l(e);n!==t&&this.ports.changed(this.model)}close(){this.model=p,this.#o(),this.#v(!1),this.#m(),this.#d()}#l(e){switch(e.do){case`open-camera`:this.#u();return;case`close-camera`:return this.#d();case`connect`:return this.#f(e.token);case`disconnect`:return this.#m();case`send-stop`:return this.#n?.send(te);case`ask-token`:this.#h();return;case`renew-in`:window.clearTimeout(this.#c),this.#c=window.setTimeout(()=>this.tell({type:`renew`}),e.milliseconds);return;case`emit`:return this.ports.emit(e.name,e.detail)}}async#u(){this.#d();let t=++this.#t;try{let e=await this.ports.openCamera(()=>this.tell({type:`camera-failed`,code:`camera-lost`}));if(t!==this.#t||this.model.phase!==`camera`)return e.close();this.#e=e,this.tell({type:`camera-open`})}catch(n){t===this.#t&&!(n instanceof e&&this.model.phase!==`camera`)&&this.tell({type:`camera-failed`,code:a(n)})}}#d(){this.#t++,this.#e?.close(),this.#e=null}#f(e){this.#m();let t;try{t=this.ports.openSocket(e)}catch{return this.tell({type:`closed`,code:1006})}this.#n=t;let n=()=>this.#n===t;t.addEventListener(`open`,()=>n()&&t.send(ee(e))),t.addEventListener(`message`,e=>n()&&this.#p(e.data)),t.addEventListener(`close`,e=>{n()&&(this.#n=null,this.tell({type:`closed`,code:e.code}))})}#p(e){let t=ie(e);t!==null&&((t.type===`seen`||t.type===`dropped`)&&this.#r.answered(t.frame),this.tell({type:`message`,message:t}),t.type===`ready`&&document.visibilityState===`hidden`&&this.tell({type:`hidden`}))}#m(){window.clearTimeout(this.#c);let e=this.#n;this.#n=null,e?.close(1e3)}async#h(){try{this.tell({type:`token`,token:await this.ports.askToken()})}catch(e){if(e instanceof S)return this.tell({type:`over`});let t=e instanceof x?e:new x(`lost`,null,!0);this.tell({type:`token-failed`,code:t.code,text:t.text,again:t.again})}}#g(){this.#r=new xe,this.#i=this.ports.grabber(),this.#a=this.ports.now(),this.#o();let e=this.ports.video();e!==null&&(this.#o=c(e,()=>void this.#_()))}async#_(){let[e,t,n,r]=[this.#r,this.#n,this.ports.video(),this.#i];if(t?.readyState!==WebSocket.OPEN||n===null||r===null)return;let i=this.ports.now(),a=e.take(i);if(a===null)return;let o=await r.grab(n);if(o===null)return e.untaken(a);this.model.phase===`running`&&!this.model.stopping&&e===this.#r&&t===this.#n&&t.readyState===WebSocket.OPEN&&t.send(new Blob([ne(a,i-this.#a),o]))}#v(e){e!==this.#s>0&&(window.clearInterval(this.#s),this.#s=e?window.setInterval(()=>this.tell({type:`tick`}),Se):0)}},C=globalThis,we=C.ShadowRoot&&(C.ShadyCSS===void 0||C.ShadyCSS.nativeShadow)&&`adoptedStyleSheets`in Document.prototype&&`replace`in CSSStyleSheet.prototype,w=Symbol(),Te=new WeakMap,Ee=class{constructor(e,t,n){if(this._$cssResult$=!0,n!==w)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,t=this.t;if(we&&e===void 0){let n=t!==void 0&&t.length===1;n&&(e=Te.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),n&&Te.set(t,e))}return e}toString(){return this.cssText}},De=e=>new Ee(typeof e==`string`?e:e+``,void 0,w),Oe=(e,...t)=>new Ee(e.length===1?e[0]:t.reduce((t,n,r)=>t+(e=>{if(!0===e._$cssResult$)return e.cssText;if(typeof e==`number`)return e;throw Error(`Value passed to 'css' function must be a 'css' function result: `+e+`. Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.`)})(n)+e[r+1],e[0]),e,w),ke=(e,t)=>{if(we)e.adoptedStyleSheets=t.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let n of t){let t=document.createElement(`style`),r=C.litNonce;r!==void 0&&t.setAttribute(`nonce`,r),t.textContent=n.cssText,e.appendChild(t)}},Ae=we?e=>e:e=>e instanceof CSSStyleSheet?(e=>{let t=``;for(let n of e.cssRules)t+=n.cssText;return De(t)})(e):e,{is:je,defineProperty:Me,getOwnPropertyDescriptor:Ne,getOwnPropertyNames:Pe,getOwnPropertySymbols:Fe,getPrototypeOf:Ie}=Object,T=globalThis,Le=T.trustedTypes,Re=Le?Le.emptyScript:``,ze=T.reactiveElementPolyfillSupport,E=(e,t)=>e,D={toAttribute(e,t){switch(t){case Boolean:e=e?Re:null;break;case Object:case Array:e=e==null?e:JSON.stringify(e)}return e},fromAttribute(e,t){let n=e;switch(t){case Boolean:n=e!==null;break;case Number:n=e===null?null:Number(e);break;case Object:case Array:try{n=JSON.parse(e)}catch{n=null}}return n}},Be=(e,t)=>!je(e,t),Ve={attribute:!0,type:String,converter:D,reflect:!1,useDefault:!1,hasChanged:Be};Symbol.metadata??=Symbol(`metadata`),T.litPropertyMetadata??=new WeakMap;var O=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=Ve){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let n=Symbol(),r=this.getPropertyDescriptor(e,n,t);r!==void 0&&Me(this.prototype,e,r)}}static getPropertyDescriptor(e,t,n){let{get:r,set:i}=Ne(this.prototype,e)??{get(){return this[t]},set(e){this[t]=e}};return{get:r,set(t){let a=r?.call(this);i?.call(this,t),this.requestUpdate(e,a,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??Ve}static _$Ei(){if(this.hasOwnProperty(E(`elementProperties`)))return;let e=Ie(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(E(`finalized`)))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(E(`properties`))){let e=this.properties,t=[...Pe(e),...Fe(e)];for(let n of t)this.createProperty(n,e[n])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[e,n]of t)this.elementProperties.set(e,n)}this._$Eh=new Map;for(let[e,t]of this.elementProperties){let n=this._$Eu(e,t);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let n=new Set(e.flat(1/0).reverse());for(let e of n)t.unshift(Ae(e))}else e!==void 0&&t.push(Ae(e));return t}static _$Eu(e,t){let n=t.attribute;return!1===n?void 0:typeof n==`string`?n:typeof e==`string`?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return ke(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){let n=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,n);if(r!==void 0&&!0===n.reflect){let i=(n.converter?.toAttribute===void 0?D:n.converter).toAttribute(t,n.type);this._$Em=e,i==null?this.removeAttribute(r):this.setAttribute(r,i),this._$Em=null}}_$AK(e,t){let n=this.constructor,r=n._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let e=n.getPropertyOptions(r),i=typeof e.converter==`function`?{fromAttribute:e.converter}:e.converter?.fromAttribute===void 0?D:e.converter;this._$Em=r;let a=i.fromAttribute(t,e.type);this[r]=a??this._$Ej?.get(r)??a,this._$Em=null}}requestUpdate(e,t,n,r=!1,i){if(e!==void 0){let a=this.constructor;if(!1===r&&(i=this[e]),n??=a.getPropertyOptions(e),!((n.hasChanged??Be)(i,t)||n.useDefault&&n.reflect&&i===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,n))))return;this.C(e,t,n)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:r,wrapped:i},a){n&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),!0!==i||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),!0===r&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[e,t]of this._$Ep)this[e]=t;this._$Ep=void 0}let e=this.constructor.elementProperties;if(e.size>0)for(let[t,n]of e){let{wrapped:e}=n,r=this[t];!0!==e||this._$AL.has(t)||r===void 0||this.C(t,void 0,n,r)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(e=>e.hostUpdate?.()),this.update(t)):this._$EM()}catch(t){throw e=!1,this._$EM(),t}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(e){}firstUpdated(e){}};O.elementStyles=[],O.shadowRootOptions={mode:`open`},O[E(`elementProperties`)]=new Map,O[E(`finalized`)]=new Map,ze?.({ReactiveElement:O}),(T.reactiveElementVersions??=[]).push(`2.1.2`);var k=globalThis,He=e=>e,A=k.trustedTypes,Ue=A?A.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,We=`$lit$`,j=`lit$${Math.random().toFixed(9).slice(2)}$`,Ge=`?`+j,Ke=`<${Ge}>`,M=document,N=()=>M.createComment(``),P=e=>e===null||typeof e!=`object`&&typeof e!=`function`,F=Array.isArray,qe=e=>F(e)||typeof e?.[Symbol.iterator]==`function`,I=`[ 	
\f\r]`,L=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,Je=/-->/g,Ye=/>/g,R=RegExp(`>|${I}(?:([^\\s"'>=/]+)(${I}*=${I}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),Xe=/'/g,Ze=/"/g,Qe=/^(?:script|style|textarea|title)$/i,$e=e=>(t,...n)=>({_$litType$:e,strings:t,values:n}),z=$e(1),B=$e(2),V=Symbol.for(`lit-noChange`),H=Symbol.for(`lit-nothing`),et=new WeakMap,U=M.createTreeWalker(M,129);function tt(e,t){if(!F(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return Ue===void 0?t:Ue.createHTML(t)}var nt=(e,t)=>{let n=e.length-1,r=[],i,a=t===2?`<svg>`:t===3?`<math>`:``,o=L;for(let t=0;t<n;t++){let n=e[t],s,c,l=-1,u=0;for(;u<n.length&&(o.lastIndex=u,c=o.exec(n),c!==null);)u=o.lastIndex,o===L?c[1]===`!--`?o=Je:c[1]===void 0?c[2]===void 0?c[3]!==void 0&&(o=R):(Qe.test(c[2])&&(i=RegExp(`</`+c[2],`g`)),o=R):o=Ye:o===R?c[0]===`>`?(o=i??L,l=-1):c[1]===void 0?l=-2:(l=o.lastIndex-c[2].length,s=c[1],o=c[3]===void 0?R:c[3]===`"`?Ze:Xe):o===Ze||o===Xe?o=R:o===Je||o===Ye?o=L:(o=R,i=void 0);let d=o===R&&e[t+1].startsWith(`/>`)?` `:``;a+=o===L?n+Ke:l>=0?(r.push(s),n.slice(0,l)+We+n.slice(l)+j+d):n+j+(l===-2?t:d)}return[tt(e,a+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},W=class e{constructor({strings:t,_$litType$:n},r){let i;this.parts=[];let a=0,o=0,s=t.length-1,c=this.parts,[l,u]=nt(t,n);if(this.el=e.createElement(l,r),U.currentNode=this.el.content,n===2||n===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(i=U.nextNode())!==null&&c.length<s;){if(i.nodeType===1){if(i.hasAttributes())for(let e of i.getAttributeNames())if(e.endsWith(We)){let t=u[o++],n=i.getAttribute(e).split(j),r=/([.?@])?(.*)/.exec(t);c.push({type:1,index:a,name:r[2],strings:n,ctor:r[1]===`.`?it:r[1]===`?`?at:r[1]===`@`?ot:q}),i.removeAttribute(e)}else e.startsWith(j)&&(c.push({type:6,index:a}),i.removeAttribute(e));if(Qe.test(i.tagName)){let e=i.textContent.split(j),t=e.length-1;if(t>0){i.textContent=A?A.emptyScript:``;for(let n=0;n<t;n++)i.append(e[n],N()),U.nextNode(),c.push({type:2,index:++a});i.append(e[t],N())}}}else if(i.nodeType===8){if(i.data===Ge)c.push({type:2,index:a});else{let e=-1;for(;(e=i.data.indexOf(j,e+1))!==-1;)c.push({type:7,index:a}),e+=j.length-1}}a++}}static createElement(e,t){let n=M.createElement(`template`);return n.innerHTML=e,n}};function G(e,t,n=e,r){if(t===V)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=P(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=G(e,i._$AS(e,t.values),i,r)),t}var rt=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??M).importNode(t,!0);U.currentNode=r;let i=U.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new K(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new st(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=U.nextNode(),a++)}return U.currentNode=M,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},K=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=H,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=G(this,e,t),P(e)?e===H||e==null||e===``?(this._$AH!==H&&this._$AR(),this._$AH=H):e!==this._$AH&&e!==V&&this._(e):e._$litType$===void 0?e.nodeType===void 0?qe(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==H&&P(this._$AH)?this._$AA.nextSibling.data=e:this.T(M.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=W.createElement(tt(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new rt(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=et.get(e.strings);return t===void 0&&et.set(e.strings,t=new W(e)),t}k(t){F(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(N()),this.O(N()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let t=He(e).nextSibling;He(e).remove(),e=t}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},q=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=H,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=H}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=G(this,e,t,0),a=!P(e)||e!==this._$AH&&e!==V,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=G(this,r[n+o],t,o),s===V&&(s=this._$AH[o]),a||=!P(s)||s!==this._$AH[o],s===H?e=H:e!==H&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===H?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},it=class extends q{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===H?void 0:e}},at=class extends q{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==H)}},ot=class extends q{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=G(this,e,t,0)??H)===V)return;let n=this._$AH,r=e===H&&n!==H||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==H&&(n===H||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},st=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){G(this,e)}},ct=k.litHtmlPolyfillSupport;ct?.(W,K),(k.litHtmlVersions??=[]).push(`3.3.3`);var lt=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new K(t.insertBefore(N(),e),e,void 0,n??{})}return i._$AI(e),i},J=globalThis,Y=class extends O{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=lt(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return V}};Y._$litElement$=!0,Y.finalized=!0,J.litElementHydrateSupport?.({LitElement:Y});var ut=J.litElementPolyfillSupport;ut?.({LitElement:Y}),(J.litElementVersions??=[]).push(`4.2.2`);var dt={en:{prompts:{"turn-left":`Turn your head to your left`,"turn-right":`Turn your head to your right`,"look-up":`Raise your chin`,"look-down":`Lower your chin`,blink:`Blink once`,"close-eyes":`Close your eyes for a second, then open them`,"open-mouth":`Open your mouth wide`,approach:`Come nearer to the camera`},hints:{"no-face":`Bring your face into the oval`,"several-faces":`Only one person, please`,"too-far":`Come nearer`,"too-near":`Go back a little`,"too-dark":`Find more light`,"too-bright":`Turn away from the bright light`,"look-straight":`Look straight into the camera`,"open-eyes":`Open your eyes`,"turn-back":`Now back to the middle`,"wrong-way":`That was another movement`},phases:{idle:`The camera is off`,camera:`Opening the camera…`,allow:`Your browser asks whether this page may use the camera. Please choose “Allow”.`,connecting:`Connecting…`,waiting:`All places are taken just now. You are in the queue and it goes on by itself.`,running:`Look straight into the camera`,"unknown-action":`Follow the instructions of the staff`,stopping:`Stopping…`,judging:`Done. You can relax while the result is worked out.`,renewing:`Connection lost. Connecting again…`,"renewing-then":`You will then be asked for new movements.`,done:`The capture is over`,slow:`Slow connection. Please hold still.`},ui:{start:`Open the camera`,stop:`Stop`,"stop-question":`Stop now? This attempt counts all the same.`,"stop-yes":`Yes, stop`,"stop-no":`Go on`,voice:`Read aloud`,step:`Movement {step} of {of}`,attempt:`Attempt {attempt} of {of}`,picture:`The camera’s picture, mirrored`,"well-done":`Good.`,retry:`Try again`,continue:`Continue`,reload:`Reload the page`,leave:`Back`,queue:`Wait in the queue`},troubles:{insecure:{title:`This page is not secure`,text:`Browsers open the camera only on pages whose address begins with https://. Open the link again exactly as you were given it, or ask the staff.`},"camera-unsupported":{title:`This browser has no way to the camera`,text:`Open the same link in an up-to-date Chrome, Safari, Firefox or Edge. If you came here from within another app, choose “Open in browser” there.`},"camera-none":{title:`No camera was found`,text:`Connect a camera and try again, or open the same link on a phone.`},"camera-refused":{title:`The camera may not be used`,text:`Permission was refused. Tap the sign left of the address, allow the camera for this page, then try again. On some phones it is in Settings, under the browser’s name.`},"camera-busy":{title:`The camera is in use`,text:`Another program or tab seems to hold it. Close it there, then try again.`},"camera-silent":{title:`No picture comes from the camera`,text:`Is it covered or switched off by a slide? Check it, then try again.`},"camera-lost":{title:`The camera went away`,text:`It was unplugged, or another program took it. Make it available, then go on.`},lost:{title:`The connection was lost`,text:`Several tries to connect again did not work. Check your network, then go on. Nothing that you did before is lost.`},hidden:{title:`Paused`,text:`The page went to the background, so the camera was switched off. Go on when you are ready; you will be asked for new movements.`},silence:{title:`Nothing came for a while`,text:`No picture reached the server for ten seconds. Check your network, keep this page in front, then try again.`},busy:{title:`All places are taken`,text:`Many people are being served just now. Your attempt is not used up. Wait in the queue, or come back in a few minutes.`},origin:{title:`Not from this page`,text:`The camera may not be used from this address. Open the link exactly as you were given it.`},"token-invalid":{title:`This capture is no longer good`,text:`It was used already, has run out, or goes on in another window. Go back and begin again from there.`},"taken-over":{title:`The capture goes on in another window`,text:`It was begun there, or on another device, so the camera here was switched off. Finish it there, or go back to go on here.`},"restarts-used":{title:`Interrupted too often`,text:`This attempt was interrupted too often and is over. Go back to see whether another one is left.`},"reference-gone":{title:`Please show your document again`,text:`The portrait from your document is kept for a short time only, and that time is over. Go back and take its picture again.`},"run-over":{title:`This capture is over`,text:`It ended meanwhile, perhaps in another window. Go back to see the result.`},"case-over":{title:`This registration is over`,text:`It ended meanwhile. Go back to see how.`},"case-expired":{title:`The time for this registration is over`,text:`Go back to see what you can do.`},"act-not-possible":{title:`This is not possible now`,text:`The registration has moved on, perhaps in another window. Go back to see where it stands.`},"attempts-used":{title:`No attempt is left`,text:`Go back to see what other way there is.`},"locked-out":{title:`Locked for a while`,text:`Too many attempts failed in a short time. Go back to see when you can try again, and what other way there is.`},"actions-too-few":{title:`Too few movements are left`,text:`Go back and choose fewer that you cannot do, or the way without the camera.`},"hello-expected":{title:`The capture did not begin as it should`,text:`Reload the page and try again.`},"protocol-version":{title:`This page is out of date`,text:`Reload it to get the new version.`},"message-unknown":{title:`Page and server did not understand each other`,text:`Reload the page and try again.`},"message-unreadable":{title:`Page and server did not understand each other`,text:`Reload the page and try again.`},"frame-too-large":{title:`The camera’s picture is too large`,text:`Try again; if it goes on, use another browser.`},"frame-unreadable":{title:`The camera’s picture could not be read`,text:`Try again; if it goes on, use another browser.`},"frame-clock":{title:`The pictures arrive too late`,text:`Your device or network is overloaded. Close other programs, come nearer to the wireless network, then try again.`},"frame-stream":{title:`The camera’s picture changed`,text:`Its size changed in the middle of the capture. Hold the phone upright and try again.`},"worker-failed":{title:`The server had a fault`,text:`That is not your doing. Try again in a moment.`},"too-many-sockets":{title:`Too many captures are open here`,text:`From this network or shop, others are being captured just now. Wait until one of them is over, then try again.`},"worker-lost":{title:`The server lost the capture`,text:`That is not your doing. Try again in a moment.`},internal:{title:`The server had a fault`,text:`That is not your doing. Try again in a moment; if it goes on, tell the staff.`},"frame-too-small":{title:`The camera’s picture is too small`,text:`Use a camera with a sharper picture, or open the same link on a phone.`},"capture-failed":{title:`The capture could not go on`,text:`Try again; if it goes on, use another browser or device.`},unknown:{title:`The capture could not go on`,text:`Try again, or go back.`}}},zh:{prompts:{"turn-left":`请向您的左边转头`,"turn-right":`请向您的右边转头`,"look-up":`请抬起下巴`,"look-down":`请低下下巴`,blink:`请眨一下眼`,"close-eyes":`请闭眼一秒，然后睁开`,"open-mouth":`请张大嘴`,approach:`请靠近摄像头`},hints:{"no-face":`请把脸移到椭圆框内`,"several-faces":`画面中只能有您一个人`,"too-far":`请靠近一些`,"too-near":`请稍微后退`,"too-dark":`光线太暗，请到亮一些的地方`,"too-bright":`光线太强，请避开强光`,"look-straight":`请正视摄像头`,"open-eyes":`请睁开眼睛`,"turn-back":`请回到正面`,"wrong-way":`这不是所要求的动作`},phases:{idle:`摄像头已关闭`,camera:`正在打开摄像头……`,allow:`浏览器正在询问是否允许本页面使用摄像头，请选择“允许”。`,connecting:`正在连接……`,waiting:`当前使用人数已满，您正在排队，轮到时会自动继续。`,running:`请正视摄像头`,"unknown-action":`请按工作人员的提示操作`,stopping:`正在停止……`,judging:`完成了。正在得出结果，您可以放松一下。`,renewing:`连接中断，正在重新连接……`,"renewing-then":`之后会要求您做新的动作。`,done:`采集已结束`,slow:`网络较慢，请保持不动。`},ui:{start:`打开摄像头`,stop:`停止`,"stop-question":`现在停止吗？这次仍会计入次数。`,"stop-yes":`停止`,"stop-no":`继续进行`,voice:`语音提示`,step:`第 {step} 个动作，共 {of} 个`,attempt:`第 {attempt} 次，共 {of} 次`,picture:`摄像头画面（镜像）`,"well-done":`很好。`,retry:`重试`,continue:`继续`,reload:`重新加载页面`,leave:`返回`,queue:`排队等候`},troubles:{insecure:{title:`此页面不安全`,text:`浏览器只允许网址以 https:// 开头的页面使用摄像头。请重新打开您收到的原始链接，或询问工作人员。`},"camera-unsupported":{title:`此浏览器无法使用摄像头`,text:`请用最新版的 Chrome、Safari、Firefox 或 Edge 打开同一链接。如果您是从其他应用进入的，请在该应用中选择“在浏览器中打开”。`},"camera-none":{title:`没有找到摄像头`,text:`请连接摄像头后重试，或在手机上打开同一链接。`},"camera-refused":{title:`摄像头未获允许`,text:`您或系统拒绝了权限。请点按网址左侧的图标，允许本页面使用摄像头，然后重试。部分手机需在“设置”中找到该浏览器进行设置。`},"camera-busy":{title:`摄像头正被占用`,text:`可能有其他程序或标签页正在使用。请先在那里关闭，然后重试。`},"camera-silent":{title:`摄像头没有画面`,text:`请检查镜头是否被遮挡或被开关关闭，然后重试。`},"camera-lost":{title:`摄像头已断开`,text:`摄像头被拔出，或被其他程序占用。请恢复后继续。`},lost:{title:`连接已中断`,text:`多次重新连接都没有成功。请检查网络后继续。您之前完成的内容不会丢失。`},hidden:{title:`已暂停`,text:`页面切到了后台，因此摄像头已关闭。准备好后请继续，届时会要求您做新的动作。`},silence:{title:`有一段时间没有收到画面`,text:`服务器十秒内没有收到画面。请检查网络，并让本页面保持在最前面，然后重试。`},busy:{title:`当前人数已满`,text:`现在使用的人很多。您的次数没有被扣除。请排队等候，或过几分钟再来。`},origin:{title:`不能从此页面采集`,text:`不允许从这个网址使用摄像头。请打开您收到的原始链接。`},"token-invalid":{title:`本次采集已失效`,text:`它已被使用、已过期，或正在另一个窗口中进行。请返回后重新开始。`},"taken-over":{title:`采集已在另一个窗口中继续`,text:`它已在另一个窗口或另一台设备上开始，因此这里的摄像头已关闭。请在那边完成，或返回后在这里继续。`},"restarts-used":{title:`中断次数过多`,text:`本次采集中断次数过多，已经结束。请返回查看是否还有剩余次数。`},"reference-gone":{title:`请再次出示证件`,text:`证件照片只保留很短的时间，现在已过期。请返回并重新拍摄证件。`},"run-over":{title:`本次采集已结束`,text:`可能已在另一个窗口中结束。请返回查看结果。`},"case-over":{title:`本次办理已结束`,text:`办理在此期间已结束。请返回查看情况。`},"case-expired":{title:`办理时间已过`,text:`请返回查看您可以怎么做。`},"act-not-possible":{title:`现在无法进行`,text:`办理状态已变化，可能是在另一个窗口中操作的。请返回查看当前状态。`},"attempts-used":{title:`次数已用完`,text:`请返回查看其他办理方式。`},"locked-out":{title:`暂时锁定`,text:`短时间内失败次数过多。请返回查看何时可以再试，以及其他办理方式。`},"actions-too-few":{title:`可选的动作太少`,text:`请返回并减少做不了的动作，或选择不使用摄像头的方式。`},"hello-expected":{title:`采集未能正常开始`,text:`请重新加载页面后重试。`},"protocol-version":{title:`页面版本过旧`,text:`请重新加载以获取新版本。`},"message-unknown":{title:`页面与服务器通信有误`,text:`请重新加载页面后重试。`},"message-unreadable":{title:`页面与服务器通信有误`,text:`请重新加载页面后重试。`},"frame-too-large":{title:`摄像头画面过大`,text:`请重试；如仍出现，请换一个浏览器。`},"frame-unreadable":{title:`摄像头画面无法读取`,text:`请重试；如仍出现，请换一个浏览器。`},"frame-clock":{title:`画面到达过晚`,text:`您的设备或网络过于繁忙。请关闭其他程序，靠近无线网络，然后重试。`},"frame-stream":{title:`摄像头画面发生了变化`,text:`画面尺寸在采集过程中改变。请竖直拿稳手机后重试。`},"worker-failed":{title:`服务器出现故障`,text:`这不是您的问题。请稍后重试。`},"too-many-sockets":{title:`此处同时进行的采集过多`,text:`同一网络或门店内还有其他人正在采集。请等其中一个结束后重试。`},"worker-lost":{title:`服务器丢失了本次采集`,text:`这不是您的原因。请稍后重试。`},internal:{title:`服务器出现故障`,text:`这不是您的原因。请稍后重试；如仍然如此，请告知工作人员。`},"frame-too-small":{title:`摄像头画面太小`,text:`请使用更清晰的摄像头，或在手机上打开同一链接。`},"capture-failed":{title:`采集无法继续`,text:`请重试；如仍出现，请换一个浏览器或设备。`},unknown:{title:`采集无法继续`,text:`请重试，或返回。`}}}};function X(e){let t=(e??``).toLowerCase().split(/[-_]/)[0];return t===`zh`||t===`en`?t:null}function ft(){for(let e of navigator.languages??[navigator.language]){let t=X(e);if(t!==null)return t}return`en`}function pt(e,t){return e.replace(/\{(\w+)\}/g,(e,n)=>String(t[n]??e))}function Z(e,t){return t!=null&&Object.hasOwn(e,t)?e[t]:void 0}var Q=400;function mt(e){let t=Q*e,n=Math.min(.39*Q,.55*t);return{width:t,height:Q,x:t/2,y:Q/2,rx:.75*n,ry:n}}function ht(e,t,n){let{width:r,height:i,x:a,y:o,rx:s,ry:c}=mt(e),l=`M${a} ${o-c}a${s} ${c} 0 0 1 0 ${2*c}a${s} ${c} 0 0 1 0 ${-2*c}z`,u=B`<path class="filled" d=${l} pathLength="100" stroke-dasharray="${(100*t).toFixed(1)} 100" />`,d=B`<path class="going" d=${l} pathLength="100" stroke-dasharray="18 82" />`;return z`<svg class="ring" viewBox="0 0 ${r} ${i}" aria-hidden="true">
    <path class="shade" fill-rule="evenodd" d="M0 0H${r}V${i}H0z${l}" />
    <path class="track" d=${l} />
    ${n?d:u}
  </svg>`}var $={"turn-left":`left`,"turn-right":`right`,"look-up":`up`,"look-down":`down`,approach:`in`,"too-far":`in`},gt={left:B`<path d="M41 24H9M22 10 8 24l14 14" />`,right:B`<path d="M7 24h32M26 10l14 14-14 14" />`,up:B`<path d="M24 41V9M10 22 24 8l14 14" />`,down:B`<path d="M24 7v32M10 26l14 14 14-14" />`,in:B`<path d="M6 6l13 13M19 9v10H9M42 42 29 29M29 39V29h10M42 6 29 19M29 9v10h10M6 42l13-13M19 39V29H9" />`},_t=B`<path d="M5 20c10 13 28 13 38 0M9 28l-4 5M19 31l-2 6M29 31l2 6M39 28l4 5" />`,vt={blink:_t,"close-eyes":_t,"open-eyes":B`<path d="M4 24c10-15 30-15 40 0-10 15-30 15-40 0z" /><circle cx="24" cy="24" r="6" />`,"open-mouth":B`<circle cx="24" cy="24" r="19" /><ellipse cx="24" cy="31" rx="7" ry="8" /><path d="M16 16v2M32 16v2" />`,"turn-back":B`<path d="M4 24h12M11 17l7 7-7 7M44 24H32M37 17l-7 7 7 7" />`},yt=e=>{let t=e===null?void 0:$[e];return t===void 0?vt[e??``]:gt[t]};function bt(e){let t=yt(e);return t===void 0?H:z`<svg class="sign" viewBox="0 0 48 48" aria-hidden="true" data-direction=${$[e??``]??H}>${t}</svg>`}function xt(e){let t=e===null?void 0:$[e];return t===void 0||t===`in`?H:z`<svg class="pointer ${t}" viewBox="0 0 48 48" aria-hidden="true">${gt[t]}</svg>`}var St=class{#e;#t=-1/0;constructor(e,t){this.same=t,this.#e=e}get shown(){return this.#e}offer(e,t,n){if(this.same(e,this.#e))return 0;let r=this.#t+700-n;return!t&&r>0?r:(this.#e=e,this.#t=n,0)}},Ct=Oe`
  :host {
    --_ink: var(--capture-ink, #17211f);
    --_surface: var(--capture-surface, #ffffff);
    --_line: var(--capture-line, #6d7a76);
    --_accent: var(--capture-accent, #0b5d50);
    --_on-accent: var(--capture-on-accent, #ffffff);
    --_good: var(--capture-good, #3ddc97);
    --_warn: var(--capture-warn, #8a4b00);
    --_danger: var(--capture-danger, #a12a1e);
    --_radius: var(--capture-radius, 14px);
    display: block;
    color: var(--_ink);
    font: 1rem/1.5 var(--capture-font, system-ui, sans-serif);
  }
  @media (prefers-color-scheme: dark) {
    :host {
      --_ink: var(--capture-ink, #e8ece9);
      --_surface: var(--capture-surface, #1a211f);
      --_line: var(--capture-line, #8b9893);
      --_accent: var(--capture-accent, #7fd6bf);
      --_on-accent: var(--capture-on-accent, #06231d);
      --_warn: var(--capture-warn, #f0b45c);
      --_danger: var(--capture-danger, #ff9c8f);
    }
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
  }
  p,
  h2 {
    margin: 0;
  }
  .capture {
    max-width: 34rem;
    margin-inline: auto;
  }
  .prompt {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.75rem;
    min-height: 5rem;
    padding-block: 0.25rem 0.75rem;
    font-size: clamp(1.25rem, 5.2vw, 1.625rem);
    font-weight: 600;
    line-height: 1.25;
    text-align: center;
    text-wrap: balance;
  }
  .prompt.request {
    font-size: clamp(1.5rem, 6.6vw, 2.125rem);
    font-weight: 750;
    letter-spacing: -0.01em;
  }
  .prompt.right {
    flex-direction: row-reverse;
  }
  .sign {
    flex: none;
    width: 3rem;
    height: 3rem;
    color: var(--_accent);
  }
  svg path,
  svg circle,
  svg ellipse {
    fill: none;
    stroke: currentColor;
    stroke-width: 4;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .stage {
    position: relative;
    overflow: hidden;
    aspect-ratio: var(--capture-aspect, 0.75);
    max-height: 62vh;
    max-height: 62dvh;
    max-width: 100%;
    margin-inline: auto;
    border-radius: var(--_radius);
    background: #10181a;
  }
  video {
    display: block;
    width: 100%;
    height: 100%;
    object-fit: cover;
    transform: scaleX(-1);
  }
  .stage.judging video,
  .stage.renewing video,
  .stage.idle video,
  .stage.done video {
    opacity: 0.25;
  }
  .ring {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
  svg .shade {
    fill: #10181a;
    fill-opacity: 0.5;
    stroke: none;
  }
  svg .track {
    stroke: #fff;
    stroke-opacity: 0.75;
    stroke-width: 4;
  }
  svg .filled,
  svg .going {
    stroke: var(--_good);
    stroke-width: 11;
  }
  svg .filled {
    transition: stroke-dasharray 160ms linear;
  }
  svg .filled[stroke-dasharray^="0.0 "] {
    stroke: none;
  }
  .going {
    animation: go 1.6s linear infinite;
  }
  @keyframes go {
    to {
      stroke-dashoffset: -100;
    }
  }
  .pointer {
    position: absolute;
    width: 4rem;
    height: 4rem;
    padding: 0.75rem;
    border-radius: 50%;
    background: #ffffff;
    color: #0b5d50;
    box-shadow: 0 0 0 3px #10181a66;
    animation: point 1.1s ease-in-out infinite alternate;
  }
  .pointer.left,
  .pointer.right {
    top: calc(50% - 2rem);
  }
  .pointer.left {
    left: 0.75rem;
    --shift: -0.4rem 0;
  }
  .pointer.right {
    right: 0.75rem;
    --shift: 0.4rem 0;
  }
  .pointer.up,
  .pointer.down {
    left: calc(50% - 2rem);
  }
  .pointer.up {
    top: 0.75rem;
    --shift: 0 -0.4rem;
  }
  .pointer.down {
    bottom: 0.75rem;
    --shift: 0 0.4rem;
  }
  @keyframes point {
    to {
      translate: var(--shift);
    }
  }
  .hint {
    position: absolute;
    inset-inline: 0.75rem;
    bottom: 0.75rem;
    width: fit-content;
    margin-inline: auto;
    padding: 0.5rem 1rem;
    border-radius: 999px;
    background: #fff3d6;
    color: #4a2c00;
    font-size: 1.125rem;
    font-weight: 650;
    line-height: 1.3;
    text-align: center;
  }
  .pointer.down ~ .hint {
    bottom: 5.25rem;
  }
  .foot {
    min-height: 6.75rem;
    padding-top: 0.75rem;
  }
  .steps {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.75rem;
    min-height: 1.75rem;
    font-weight: 600;
  }
  .dots {
    display: inline-flex;
    gap: 0.375rem;
  }
  .dots i {
    width: 0.875rem;
    height: 0.875rem;
    border: 2px solid var(--_accent);
    border-radius: 50%;
  }
  .dots i.done {
    background: var(--_accent);
  }
  .dots i.now {
    box-shadow: inset 0 0 0 2px var(--_surface);
    background: var(--_accent);
    width: 1.5rem;
    border-radius: 999px;
  }
  .question {
    font-weight: 600;
    text-align: center;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0.75rem;
    padding-top: 0.625rem;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    min-height: 2.75rem;
    min-width: 6rem;
    padding: 0.5rem 1.125rem;
    border: 1.5px solid var(--_line);
    border-radius: 999px;
    background: var(--_surface);
    color: var(--_ink);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  button.main {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  button.danger {
    border-color: var(--_danger);
    color: var(--_danger);
  }
  button[aria-pressed="true"] {
    border-color: var(--_accent);
    box-shadow: inset 0 0 0 1px var(--_accent);
    color: var(--_accent);
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  button:focus-visible,
  h2:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 3px;
  }
  button svg {
    width: 1.375rem;
    height: 1.375rem;
  }
  button svg path {
    stroke-width: 2;
  }
  button[aria-pressed="false"] .waves {
    stroke: none;
  }
  .trouble {
    padding: 1.5rem 1.25rem;
    border: 1.5px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .trouble > svg {
    width: 2.75rem;
    height: 2.75rem;
    color: var(--_warn);
  }
  .trouble h2 {
    margin-block: 0.5rem 0.5rem;
    font-size: 1.375rem;
    line-height: 1.25;
  }
  .trouble h2:focus {
    outline: none;
  }
  .trouble .buttons {
    justify-content: flex-start;
    padding-top: 1.25rem;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    .pointer,
    .going {
      animation: none;
    }
    svg .filled {
      transition: none;
    }
  }
`,wt={en:`en-GB`,zh:`zh-CN`},Tt=()=>`speechSynthesis`in window&&`SpeechSynthesisUtterance`in window;function Et(e,t){if(!Tt())return;let n=new SpeechSynthesisUtterance(e);n.lang=wt[t],window.speechSynthesis.cancel(),window.speechSynthesis.speak(n)}function Dt(){Tt()&&window.speechSynthesis.cancel()}function Ot(e,t,n){let r=(e,t=null)=>({main:e,sign:t,hint:null,request:!1});if(e.phase===`camera`)return r(n?t.phases.allow:t.phases.camera);if(e.phase===`trouble`)return r(kt(e,t).title);if(e.phase===`renewing`)return{...r(t.phases.renewing),hint:t.phases[`renewing-then`]};if(e.phase!==`running`)return r(t.phases[e.phase]);if(e.stopping)return r(t.phases.stopping);let i=Z(t.hints,e.seen?.guidance)??null,a=e.slow?t.phases.slow:null,o=e.seen?.action??null;return o===null?{main:i??t.phases.running,sign:e.seen?.guidance??null,hint:a,request:!1}:{main:Z(t.prompts,o)??t.phases[`unknown-action`],sign:o,hint:a??i,request:!0}}function kt(e,t){let n=Z(t.troubles,e.trouble?.code);return n===void 0?{title:t.troubles.unknown.title,text:e.trouble?.text??t.troubles.unknown.text}:n}var At=new Set([`hidden`,`lost`,`camera-lost`]),jt=new Set([`hello-expected`,`protocol-version`,`message-unknown`,`message-unreadable`]),Mt=new Set([`insecure`,`camera-unsupported`,`origin`]);function Nt(e){let t=e.trouble;return t===null?null:jt.has(t.code)?`reload`:Mt.has(t.code)||!t.again?null:t.code===`busy`?`queue`:At.has(t.code)?`continue`:`retry`}function Pt(e){if(e.phase===`judging`||e.phase===`done`)return 1;let t=e.seen;return e.phase!==`running`||t===null||t.of===0?0:Math.min(1,(t.step+Math.min(1,Math.max(0,t.done)))/t.of)}var Ft=900,It=480,Lt={main:``,sign:null,hint:null,request:!1},Rt=(e,t)=>e.main===t.main&&e.hint===t.hint&&e.sign===t.sign,zt=class extends Y{static{this.styles=Ct}static{this.properties={token:{type:String},endpoint:{type:String},lang:{type:String},voice:{type:Boolean,reflect:!0},autostart:{type:Boolean},model:{state:!0},asking:{state:!0},confirming:{state:!0},aspect:{state:!0},shown:{state:!0}}}#e;#t;#n;#r;constructor(){super(),this.tokens=null,this.#e=``,this.#t=new St(Lt,Rt),this.#n=0,this.#r=new Ce({openCamera:e=>this.#g(e),openSocket:()=>new WebSocket(Bt(this.#e||this.endpoint)),askToken:()=>this.#_(),video:()=>this.renderRoot.querySelector(`video`),grabber:()=>new d,emit:(e,t)=>this.dispatchEvent(new CustomEvent(e,{detail:t,bubbles:!0,composed:!0})),changed:e=>this.#m(e),now:()=>performance.now()}),this.#y=()=>{document.visibilityState===`hidden`&&this.#r.tell({type:`hidden`})},this.#b=()=>{this.voice=!this.voice,this.voice?Et(this.#d,this.#l):Dt()},this.#x=()=>this.confirming=!0,this.#S=()=>this.confirming=!1,this.#C=()=>{this.confirming=!1,this.stop()},this.#w=()=>{Nt(this.model)===`reload`?window.location.reload():this.#r.tell({type:`retry`})},this.#T=()=>this.#r.tell({type:`leave`}),this.token=null,this.endpoint=`v1/capture`,this.voice=!1,this.autostart=!1,this.model=this.#r.model,this.asking=!1,this.confirming=!1,this.aspect=3/4,this.shown=Lt}start(){this.#r.tell({type:`start`,token:this.token})}stop(){this.#r.tell({type:`stop`})}connectedCallback(){super.connectedCallback(),document.addEventListener(`visibilitychange`,this.#y)}disconnectedCallback(){super.disconnectedCallback(),document.removeEventListener(`visibilitychange`,this.#y),window.clearTimeout(this.#n),Dt(),this.#r.close()}firstUpdated(){this.autostart&&this.start()}willUpdate(e){(e.has(`lang`)||e.has(`model`)||e.has(`asking`))&&this.#f(e.has(`lang`))}updated(e){this.#h(),e.has(`aspect`)&&this.style.setProperty(`--capture-aspect`,String(this.aspect)),e.has(`shown`)&&this.#p(e.get(`shown`));let t=e.get(`model`)?.phase;this.model.phase===`trouble`&&t!==void 0&&t!==`trouble`&&this.renderRoot.querySelector(`#trouble`)?.focus(),e.has(`confirming`)&&this.confirming&&this.renderRoot.querySelector(`#stop-no`)?.focus()}render(){let e=this.#u;return z`<div class="capture" lang=${this.#l===`zh`?`zh-CN`:`en`}>
      ${this.model.phase===`trouble`?this.#c(e):this.#i(e)}
      <div id="live" class="unseen" role="status" aria-live="polite">${this.#d}</div>
    </div>`}#i(e){let{phase:t}=this.model,{main:n,hint:r}=this.shown,i=[`camera`,`connecting`,`waiting`,`judging`,`renewing`].includes(t)||this.model.stopping,a=this.shown.sign;return z`
      <p id="prompt" class="prompt ${this.shown.request?`request`:``} ${$[a??``]??``}" aria-hidden="true">
        ${bt(a)}<span>${n}</span>
      </p>
      <div class="stage ${t}">
        <video playsinline muted disablepictureinpicture aria-label=${e.ui.picture}></video>
        ${ht(this.aspect,Pt(this.model),i)}
        ${t===`running`&&this.shown.request?xt(a):H}
        ${r===null?H:z`<p id="hint" class="hint" aria-hidden="true">${r}</p>`}
      </div>
      <div class="foot">${this.confirming?this.#s(e):this.#a(e)}</div>`}#a(e){let{phase:t,stopping:n}=this.model,r=t===`idle`||t===`done`,i=t===`running`?e.ui.stop:e.ui.leave;return z`${this.#o(e)}
      <div class="buttons">
        ${Tt()?z`<button id="voice" type="button" aria-pressed=${this.voice} @click=${this.#b}>
                <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 9v6h4l5 4V5L8 9z" /><path class="waves" d="M16 9c2 2 2 4 0 6M18.5 6c4 4 4 8 0 12" /></svg>
                ${e.ui.voice}
              </button>`:H}
        ${r?z`<button id="start" type="button" class="main" ?disabled=${t===`done`} @click=${this.start}>${e.ui.start}</button>`:H}
        ${r||t===`judging`||n?H:z`<button id="stop" type="button" @click=${t===`running`?this.#x:this.stop}>${i}</button>`}
      </div>`}#o(e){let{ready:t,seen:n,phase:r}=this.model,i=n?.of??t?.actions??0;if(i===0||r!==`running`&&r!==`judging`)return z`<p class="steps"></p>`;let a=r===`judging`?i:n?.step??0,o=a<i?pt(e.ui.step,{step:a+1,of:i}):``;return z`<p id="steps" class="steps"><span class="dots" aria-hidden="true">${Array.from({length:i},(e,t)=>z`<i class=${t<a?`done`:t===a?`now`:``}></i>`)}</span>${o}</p>`}#s(e){return z`<p class="question">${e.ui[`stop-question`]}</p>
      <div class="buttons">
        <button id="stop-no" type="button" @click=${this.#S}>${e.ui[`stop-no`]}</button>
        <button id="stop-yes" type="button" class="danger" @click=${this.#C}>${e.ui[`stop-yes`]}</button>
      </div>`}#c(e){let{title:t,text:n}=kt(this.model,e),r=Nt(this.model);return z`<div class="trouble">
      <svg viewBox="0 0 48 48" aria-hidden="true"><path d="M24 5 45 42H3z" /><path d="M24 19v11M24 35v2" /></svg>
      <h2 id="trouble" tabindex="-1">${t}</h2>
      <p>${n}</p>
      <div class="buttons">
        ${r===null?H:z`<button id="way-on" type="button" class="main" @click=${this.#w}>${e.ui[r]}</button>`}
        <button id="leave" type="button" @click=${this.#T}>${e.ui.leave}</button>
      </div>
    </div>`}get#l(){return X(this.lang)??X(this.closest(`[lang]`)?.getAttribute(`lang`))??ft()}get#u(){return dt[this.#l]}get#d(){let{main:e,hint:t}=this.shown;return this.model.phase===`idle`?``:t===null?e:`${e}. ${t}.`}#f(e){let t=Ot(this.model,this.#u,this.asking),n=e||t.request!==this.#t.shown.request||this.model.phase!==`running`,r=t.request&&t.main!==this.#t.shown.main,i=this.#t.offer(t,n||r,performance.now());this.shown=this.#t.shown,window.clearTimeout(this.#n),i>0&&(this.#n=window.setTimeout(()=>this.#f(!1),i))}#p(e){if(!this.voice||this.#d===``)return;let{main:t,hint:n}=this.shown;t===e?.main?n!==null&&Et(n,this.#l):Et(t,this.#l)}#m(e){let t=this.model;this.model=e,e.phase!==`running`&&(this.confirming=!1),e.phase===`camera`&&t.phase!==`camera`?window.setTimeout(()=>this.asking=this.model.phase===`camera`,Ft):e.phase!==`camera`&&(this.asking=!1);let[n,r]=[t.seen?.step??0,e.seen?.step??0];r>n&&e.phase===`running`&&navigator.vibrate?.(80)}#h(){let{phase:e,seen:t,ready:n,trouble:r}=this.model,i=e===`running`,a={state:e,prompt:i&&t?.action||``,guidance:i&&t?.guidance||``,step:String(t?.step??0),of:String(t?.of??n?.actions??0),trouble:r?.code??``};for(let[e,t]of Object.entries(a))this.dataset[e]!==t&&(this.dataset[e]=t)}async#g(e){let n=await o(t,e);await this.updateComplete;let r=this.renderRoot.querySelector(`video`);try{if(r!==null){await s(r,n.stream);let e=r.videoWidth/r.videoHeight;this.aspect=this.clientWidth<It?Math.min(1,e):e}}catch(e){throw n.close(),e}return n}async#_(){let e=await(this.tokens??(()=>this.#v()))(),t=typeof e==`string`?{token:e}:e;return`url`in t&&t.url&&(this.#e=t.url),this.token=t.token,t.token}#v(){return new Promise((e,t)=>{let n=new CustomEvent(`capture-token-needed`,{detail:{provide:t=>e(t),refuse:(e=`token-invalid`,n=null)=>t(new x(e,n)),over:()=>t(new S)},bubbles:!0,composed:!0,cancelable:!0});this.dispatchEvent(n)})}#y;#b;#x;#S;#C;#w;#T};function Bt(e,t=document.baseURI){let n=new URL(e,t);return n.protocol=n.protocol===`https:`||n.protocol===`wss:`?`wss:`:`ws:`,n.hash=``,n.href}customElements.get(`portrait-capture`)||customElements.define(`portrait-capture`,zt);export{S as AttemptOver,zt as PortraitCapture,x as TokenError};